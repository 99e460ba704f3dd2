/* What a browser shows between the provider that signs people in and their own page. */
import {personalPage} from './ask.ts';
import {type Html, html} from './html.ts';

/**
A page of its own, and no redirect: only what this site itself asks for brings the cookie of the personal link along, and the browser
came from the provider.
*/
export const signedInPage = (mail: string): Html =>
	personalPage(
		'Signed in',
		html`<h1>Signed in</h1><p>You are signed in as <b>${mail}</b>.</p><p><a class="act" href="/me">Go on</a></p>`,
	);

export const notSignedInPage = (why: string): Html =>
	personalPage(
		'Not signed in',
		html`<h1>Not signed in</h1><div class="problem" role="alert"><p>${why}</p></div><p><a class="act" href="/sign-in">Sign in again</a></p><p><a href="/i">Open your link without it</a></p>`,
	);
