// Sends on what only has to pass through us; without scripts there is a button.

for (const form of document.querySelectorAll("form[data-send]")) {
  if (form instanceof HTMLFormElement) form.submit();
}

// A platform that opened us to register closes us again (LTI Dynamic Registration 1.0, section 3.7).
if (document.querySelector("[data-close]")) {
  (window.opener ?? window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
}
