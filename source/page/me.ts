/* Where a personal link leads: what waits for this person, what else they may do, and what they did. */
import type {Situation} from '../commands/situation.ts';
import {linkOf} from '../cutover/decide/links.ts';
import type {Entry} from '../cutover/ports.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';
import {instant, wall} from '../text/time.ts';
import {type Offer, offersOf, signInOffersOf} from './acts.ts';
import {formStyle, personalPage} from './ask.ts';
import {type Html, html, raw} from './html.ts';
import {policy, scriptTag} from './policy.ts';
import {solid} from './solid.ts';
import {dated} from './table.ts';

/**
A page of its own, and no redirect: only what this site itself asks for brings the cookie of the personal link along, and the browser
came from the provider.
*/
export const signedInPage = (mail: string): Html =>
	personalPage(
		'Signed in',
		html`<h1>Signed in</h1><p>You are signed in as <b>${mail}</b>.</p><p><a class="act" href="/me">Go on</a></p>`,
	);

/** What a browser shows between the provider that signs people in and their own page. */
export const notSignedInPage = (why: string): Html =>
	personalPage(
		'Not signed in',
		html`<h1>Not signed in</h1><div class="problem" role="alert"><p>${why}</p></div><p><a class="act" href="/sign-in">Sign in again</a></p><p><a href="/i">Open your link without it</a></p>`,
	);

/** Takes the list anew when the board changes; it is whole without. Nothing is typed on this page. */
const script = `'use strict';(()=>{const get=t=>new DOMParser().parseFromString(t,'text/html').getElementById('asks');
const list=document.getElementById('asks'),title=document.title;let busy=false;
const renew=async()=>{if(busy)return;busy=true;try{const r=await fetch('/me');const fresh=get(await r.text());
if(fresh&&fresh.innerHTML!==list.innerHTML){list.innerHTML=fresh.innerHTML;document.title='! '+title}}catch{}busy=false};
const open=()=>{const s=new EventSource('/stream');s.onmessage=e=>{if(Object.keys(JSON.parse(e.data).sections||{}).length)renew()};
s.onerror=()=>{if(s.readyState===2)setTimeout(open,5000)}};
document.addEventListener('visibilitychange',()=>{if(!document.hidden){document.title=title;renew()}});open()})();`;

export const mePolicy = policy(formStyle, script);

const hrefOf = ({act, on}: Offer): string => `/act?do=${act}&target=${encodeURIComponent(on)}`;

const isAwaited = ({snapshot}: Situation, {act, on}: Offer): boolean =>
	snapshot.waits.some(
		({mine, act: wanted, target}) => mine && wanted === act && (on === '' || target === null || target.id === on),
	);

const offers = (list: readonly Offer[]): Html =>
	html`<ul class="offers">${list.map(offer => html`<li><a class="act" href="${hrefOf(offer)}">${offer.title}</a></li>`)}</ul>`;

const signIn = html`<a class="act" href="/sign-in">Sign in</a>`;

/** What waits for them, and takes a sign-in that they have not given. */
const unsigned = (waiting: readonly Offer[], signsIn: boolean): Html | false =>
	waiting.length > 0 &&
	html`<p>${waiting.map(({title}) => title).join(', ')}: this takes a sign-in${signsIn ? '.' : ', by the address where you sign in.'}</p>${signsIn && html`<p>${signIn}</p>`}`;

/** `mine`: entries of acts by this link; `signsIn`: the page itself signs people in, and nobody is. */
export function mePage(situation: Situation, mine: readonly Entry[], signsIn: boolean): Html {
	const {person, snapshot, state} = situation;
	const link = linkOf(state, person.web?.link ?? '');
	const all = offersOf(situation);
	const awaited = all.filter(offer => isAwaited(situation, offer));
	const others = all.filter(offer => !awaited.includes(offer));
	const waiting = signInOffersOf(situation).filter(offer => isAwaited(situation, offer));
	return personalPage(
		`${state.rehearsal === null ? '' : 'REHEARSAL: '}${snapshot.title}`,
		html`${state.rehearsal !== null && html`<p class="rehearsal">REHEARSAL: this is not the real cutover</p>`}<h1>${snapshot.title}</h1>
<p>You are <b>${person.name}</b>${link !== null && link.roles.length > 0 && html` (${link.roles.join(', ')})`}${person.web?.account !== undefined && html`, signed in as ${person.web.account}`}. Not you? Close this page and tell ${link?.by.name ?? 'the release manager'}.</p>
<p><a href="/">See the state of the cutover</a></p>
${signsIn && waiting.length === 0 && html`<p>${signIn} <span class="dim">What you do then is known to be yours, and needs no digits.</span></p>`}
<div id="asks"><p class="now"><b>${snapshot.headline.word}</b></p><h2>Waiting for you</h2>${awaited.length > 0 ? offers(awaited) : waiting.length === 0 && html`<p>Nothing is waiting for you now.</p>`}${unsigned(waiting, signsIn)}${others.length > 0 && html`<h2>You may also</h2>${offers(others)}`}<h2>Recorded by your link</h2>${mine.length === 0 ? html`<p>Nothing yet.</p>` : html`<ul class="rests">${mine.map(entry => html`<li>${wall(instant(entry.at))} ${solid(sentence(entry))}, entry ${entry.seq}</li>`)}</ul>`}</div>
<p class="dim">${link !== null && html`Your link works until ${dated(snapshot.links.find(({link: id}) => id === link.link)?.until ?? 0)}.`}</p>
<form method="post" action="/leave"><p><button class="quiet">Leave on this device</button></p></form>`,
		scriptTag(script),
	);
}

/** One sentence, and a link to the page. */
export const remarkPage = (title: string, text: string): Html =>
	personalPage(title, html`<h1>${title}</h1><p>${text}</p><p><a href="/me">Back to your page</a></p>`);

/** Where a link is not open; `typed`: what was sent all the same, so that nobody writes it twice. */
export const shutPage = (title: string, text: string, typed: readonly string[]): Html =>
	personalPage(
		title,
		html`<h1>${title}</h1><p>${text}</p>${typed.length > 0 && html`<h2>Not recorded</h2>${typed.map(each => html`<pre>${each}</pre>`)}`}<p><a href="/i">Open your link</a></p>`,
	);

/** After an act: what is in the journal. */
export const donePage = (entries: readonly Entry[]): Html =>
	personalPage(
		'Recorded',
		html`<h1>Recorded</h1>${entries.map(entry => html`<p class="now">${solid(sentence(entry))}</p><p class="dim">Entry ${entry.seq}, ${entry.hash}</p>`)}<p><a href="/me">Back</a></p>`,
	);

/** Sees to it that a link that a gateway wrote anew still opens: the secret may be behind `#` or `%23`. */
const doorScript = `'use strict';(()=>{const m=/(?:#|%23)([\\w-]{22})$/.exec(location.href);if(!m)return;
document.getElementById('secret').value=m[1];history.replaceState(null,'','/i');document.getElementById('word').focus()})();`;

export const doorPolicy = policy(formStyle, doorScript);

/** `mail`: of who is signed in; `has`: a link, which then needs no code. `signsIn`: the page itself signs people in, and nobody is. */
export type Visitor = {readonly mail: string | null; readonly has: boolean; readonly signsIn: boolean};

const visitorText = ({mail, has, signsIn}: Visitor): Html | false =>
	mail === null
		? signsIn && html`<p>${signIn} <span class="dim">Then your link needs no code.</span></p>`
		: html`<p>You are signed in as <b>${mail}</b>${has ? ', and your link needs no code.' : '. No link is of that address.'}</p>`;

/** The same for everybody who is not signed in, and says nothing of any cutover. */
export const doorPage = (problem: string | null, visitor: Visitor): Html =>
	personalPage(
		'Open your link',
		html`<h1>Open your link</h1>${problem !== null && html`<div class="problem" role="alert"><p>${problem}</p></div>`}<form method="post" action="/i">${visitorText(visitor)}<p><label class="row" for="secret">Code of your link, the 22 characters behind #${visitor.has && ' (optional)'}</label><input type="text" id="secret" name="secret" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200"${!visitor.has && raw(' required')}></p>
<p><label class="row" for="word">Type OPEN</label><input type="text" id="word" name="word" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" required></p><p><button>Open</button></p><p class="dim">This needs cookies, and no scripts.</p></form>`,
		scriptTag(doorScript),
	);
