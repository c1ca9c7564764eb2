/** Plays a package on its page in the admin: what the frame says is not kept (docs/explanation/h5p.md). */

for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (document.querySelectorAll("iframe[data-h5p]"))) {
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || data?.kw !== "h5p") return;
    if (data.type === "ready") frame.contentWindow?.postMessage({ kw: "h5p", type: "start" }, "*"); // it has no origin
    if (data.type === "height") frame.height = String(Math.min(Number(data.height) || 0, 5000) + 16);
  });
  frame.src = frame.dataset.h5p ?? "";
}
