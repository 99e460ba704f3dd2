/* The whole live page, and its sections by name. The same document without a stream is the file of `publish`. */
import {isOver} from '../cutover/model/state.ts';
import {instant, wall, zone} from '../text/time.ts';
import type {Board} from './board.ts';
import {health, triggers} from './health.ts';
import {type Html, html, raw} from './html.ts';
import {evidence, gates, journal, rollback, signOffs, timeline, votes} from './lists.ts';
import {awaited, clocks, headline} from './now.ts';
import {headOf, policy, scriptTag} from './policy.ts';
import {script} from './script.ts';
import {solid} from './solid.ts';
import {style} from './style.ts';

/** Its column, where there is room for two. */
type Place = 'top' | 'left' | 'right' | 'bottom';

const sections = {
	now: {title: 'Now', place: 'top', of: (board: Board) => html`${headline(board)}${clocks(board)}`},
	awaited: {title: 'Next', place: 'top', of: awaited},
	timeline: {title: 'Timeline', place: 'top', of: timeline},
	gates: {title: 'Gates', place: 'left', of: gates},
	votes: {title: 'Votes', place: 'left', of: votes},
	signoffs: {title: 'Sign-offs', place: 'left', of: signOffs},
	health: {title: 'Health', place: 'right', of: health},
	triggers: {title: 'Rollback triggers', place: 'right', of: triggers},
	rollback: {title: 'Rollback', place: 'right', of: rollback},
	journal: {title: 'Journal', place: 'bottom', of: journal},
	evidence: {title: 'Evidence', place: 'bottom', of: evidence},
} satisfies Readonly<Record<string, {title: string; place: Place; of(board: Board, isFile: boolean): Html}>>;

type SectionName = keyof typeof sections;
export type Sections = Readonly<Record<SectionName, string>>;

const names = Object.keys(sections) as SectionName[];

/** Each section as HTML. `isFile`: of a page that is read without its server. */
export const sectionsOf = (board: Board, isFile = false): Sections =>
	Object.fromEntries(names.map(name => [name, sections[name].of(board, isFile).toString()])) as Sections;

export const titleOf = ({status, rehearsal}: Board): string =>
	`${rehearsal === null ? '' : 'REHEARSAL: '}${status.headline.word}: ${status.title}`;

/** When the page is as of, in the cutover's zone. */
export const asOf = ({status, away}: Board): string => {
	const at = away ?? instant(status.now);
	return `${wall(at)} ${zone(at)}`;
};

/** What is read aloud when it changes; nothing in it ticks. */
export const saidOf = ({status, away}: Board): string =>
	away === null
		? [status.headline.word, status.waits[0]?.text].filter(each => each !== undefined).join('. Next: ')
		: 'Not current: the record cannot be read';

/** `stream`: address of the changes; null for a file. `reload`: after so many seconds, a page with a stream only where there are no scripts; null: never. */
export type Manner = {readonly stream: string | null; readonly reload: number | null};

export const livePolicy = policy(style, script);

const section = (name: SectionName, text: string): Html => {
	const {title} = sections[name];
	const hidden = name === 'now' ? 'said' : '';
	return html`<section aria-labelledby="h-${name}"><h2 id="h-${name}" class="${hidden}">${title}</h2><div id="${name}" data-live>${raw(text)}</div></section>`;
};

const placed = (parts: Sections, place: Place): readonly Html[] =>
	names.filter(name => sections[name].place === place).map(name => section(name, parts[name]));

const remarks = (board: Board, {stream, reload}: Manner): Html => {
	if (isOver(board.status.status)) return html`<p>The cutover is over: this page does not change any more.</p>`;
	if (stream === null)
		return html`<p class="screen">This page is written anew when something changes, and at least each minute. <a href="">Load it again</a></p>`;
	return html`<p id="over" hidden>The cutover is over: this page does not change any more.</p><noscript><p class="screen">${
		reload === null
			? html`<a href="./">Reload automatically</a>`
			: html`The page reloads every ${reload} seconds. <a href="?still">Stop that</a>`
	}</p></noscript>`;
};

const rehearsalBand = ({rehearsal}: Board): Html | null =>
	rehearsal && html`<p class="rehearsal">REHEARSAL: this is not the real cutover</p>`;

/** `parts`: what `sectionsOf` made of this board. */
export function documentOf(board: Board, parts: Sections, manner: Manner): Html {
	const {status, rehearsal} = board;
	const changes = !isOver(board.status.status);
	const isLive = manner.stream !== null && changes;
	const facts = [status.ticket, status.environment].filter(each => each !== null);
	const more = html`${
		manner.stream === null && html`<meta http-equiv="content-security-policy" content="${raw(livePolicy)}">`
	}${isLive && manner.reload !== null && html`<noscript><meta http-equiv="refresh" content="${manner.reload}"></noscript>`}`;
	return html`${headOf(titleOf(board), style, more)}<body data-stream="${isLive ? (manner.stream ?? '') : ''}" data-now="${instant(status.now)}" data-speed="${rehearsal?.speed ?? 1}"${manner.stream === null && manner.reload !== null && html` data-reload="${manner.reload}"`}><a class="skip" href="#now">Skip to the current state</a>
${rehearsalBand(board)}<header><h1>${status.title}</h1><p class="dim">${facts.map(each => html`${solid(each)} · `)}as of <span id="as-of">${asOf(board)}</span></p></header>
<p class="said" role="status" id="said"></p><p class="lost-link" role="alert" id="lost"></p>
<main class="board">${placed(parts, 'top')}<div class="left">${placed(parts, 'left')}</div><div class="right">${placed(parts, 'right')}</div>${placed(parts, 'bottom')}</main>
<footer>${remarks(board, manner)}</footer>
${changes && scriptTag(script)}</body></html>
`;
}

/** Older entries alone: a page that does not change. */
export const olderEntries = (
	board: Board,
): Html => html`${headOf(`Journal: ${board.status.title}`, style)}<body>${rehearsalBand(board)}<header><h1>Journal: ${board.status.title}</h1><p><a href="/">Back to the page</a></p></header><main>${journal(board)}</main></body></html>
`;
