const STYLE =
	'*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#134e4a;background:#f0fdfa;overflow-wrap:anywhere}main{max-width:26rem;margin:18vh auto 0;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 1px 8px #134e4a22}h1{margin:0 0 .5rem;font-size:1.4rem;line-height:1.3}p{margin:0 0 1.25rem}fieldset{margin:0 0 1.25rem;padding:0;border:0}legend{padding:0;font-weight:600}label{display:flex;gap:.5rem;padding:.35rem 0;cursor:pointer}input{flex:none;width:1.15rem;height:1.15rem;margin:.2rem 0 0;accent-color:#0f766e}button{font:inherit;font-weight:600;color:#fff;background:#0f766e;border:0;border-radius:8px;padding:.7rem 1.4rem;cursor:pointer}button:focus-visible,input:focus-visible{outline:3px solid #134e4a;outline-offset:2px}';

/** Nothing but the page itself may be loaded or run, whatever should ever get into it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** A page without scripts, pictures or anything from elsewhere. `title` is text, `content` is HTML. */
export function pageWith(title: string, content: string): string {
	const heading = escapeHtml(title);
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>${heading}</title><style>${STYLE}</style></head><body><main><h1>${heading}</h1>${content}</main></body></html>`;
}

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
