/*
Who may look: whoever has the board's link. Its code is in the fragment, which no log and no preview sees, and is posted once for
a cookie; the cookie is made of the code, so that it outlives a server that was killed.
*/
import {html} from '../page/html.ts';
import {headOf, policy, scriptTag} from '../page/policy.ts';
import {style} from '../page/style.ts';
import type {Answer, Asked, Page, Route} from './route.ts';
import {isSame, sha} from './secrets.ts';

export type View = {
	/** Whether this reader may look. */
	mayLook(asked: Asked): boolean;
	/** Asks for the code; the link's own is filled in and sent by a script. */
	door(wrong?: boolean): Page;
	readonly routes: readonly Route[];
};

const script = `'use strict';(()=>{const code=location.hash.slice(1);if(!/^[\\w-]{22}$/.test(code))return;
history.replaceState(null,'',location.pathname);document.getElementById('code').value=code;document.forms[0].submit()})();`;

const doorPolicy = policy(style, script);

const door = (wrong = false): Page => ({
	status: wrong ? 403 : 200,
	policy: doorPolicy,
	body: html`${headOf('Open the page', style)}<body><main><h1>Open the page</h1>${wrong && html`<p class="s-no" role="alert">That is not the code of the link. Ask for the link again.</p>`}<form method="post" action="/open"><p><label for="code">Code: what is behind # in your link</label></p><p><input id="code" name="code" autocomplete="off" autocapitalize="off" spellcheck="false" required></p><p><button>Open</button></p></form></main>${scriptTag(script)}</body></html>`,
});

/** A month: longer than any cutover, and only for looking. */
const maxAge = 30 * 86_400;

/** `code`: of the link; null: everybody may look. `secure`: readers come by https. */
export function viewBy(code: string | null, secure: boolean): View {
	if (code === null) return {mayLook: () => true, door, routes: []};
	const name = secure ? '__Host-cutover-view' : 'cutover-view';
	const value = sha(`cutover-tui view ${code}`).toString('base64url');
	const attributes = `HttpOnly; SameSite=Lax; Path=/; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
	const open = ({form}: Asked): Answer =>
		isSame((form.get('code') ?? '').trim(), code)
			? {location: '/', headers: {'set-cookie': `${name}=${value}; ${attributes}`}}
			: door(true);
	return {
		mayLook: asked => isSame(asked.cookie(name) ?? '', value),
		door,
		routes: [{method: 'POST', path: '/open', name: 'open', handle: open}],
	};
}
