/* The top of the page: what matters now, the clocks, and who is awaited for what. */

import {isOver} from '../cutover/model/state.ts';
import {times} from '../text/counted.ts';
import {clock, instant, minutes, slip, wall, zone} from '../text/time.ts';
import type {Board} from './board.ts';
import {type Html, html} from './html.ts';
import {solid} from './solid.ts';
import {dated, fact} from './table.ts';

type Status = Board['status'];

const good: ReadonlySet<Status['status']> = new Set(['go', 'kept', 'rolled-back']);

const tone = ({headline, status}: Status): string => {
	if (headline.loud) return 'bad';
	return good.has(status) ? 'ok' : '';
};

const notCurrent = (since: number): Html =>
	html`<p class="now bad"><b>NOT CURRENT</b> The record cannot be read since ${wall(since)}: what happened since then is not on this page.</p>`;

export const headline = ({status, away}: Board): Html =>
	html`${away !== null && notCurrent(away)}<p class="now ${tone(status)}"><b>${status.headline.word}</b> ${solid(status.headline.text)}</p>`;

/** Counted on by the script from `data-t`, in the manner of `data-count`; without a script it is as of the page. */
function tClock({status}: Board): Html {
	const now = instant(status.now);
	const t0 = instant(status.t0);
	const counting = (from: number, manner: string, text: string): Html =>
		fact('T', html`<span data-t="${from}" data-count="${manner}">${text}</span>`, 't');
	if (status.t0Started !== null) {
		const from = instant(status.t0Started);
		const text = `T+${clock(now - from)}`;
		return isOver(status.status) ? fact('T', text, 't') : counting(from, 'up', text);
	}
	if (isOver(status.status)) return fact('T', 'T0 was not started', 't');
	if (status.holdSince !== null) return fact('T', `clock stopped at T-${clock(instant(status.holdSince) - t0)}`, 't');
	return counting(t0, 'down', now > t0 ? `T0 LATE ${clock(now - t0)}` : `T-${clock(now - t0)}`);
}

function end({status: {forecast}}: Board): Html | null {
	if (forecast === null) return null;
	const {end: at, lateSeconds, deciding} = forecast;
	const late = lateSeconds < 60 ? 'as planned' : `${minutes(lateSeconds * 1000)} late`;
	return fact('Expected end', `${wall(instant(at))}, ${late}${deciding === null ? '' : ` (${deciding})`}`);
}

export const clocks = (board: Board): Html => {
	const {status} = board;
	const t0 = instant(status.t0);
	const began = status.t0Started === null ? null : instant(status.t0Started);
	const moved = status.count > 1 ? `, moved ${times(status.count - 1)}` : '';
	const late = began === null ? '' : slip(began - t0);
	return html`<dl class="clocks">${[
		tClock(board),
		status.holdSince === null || status.t0Started !== null
			? null
			: fact('On hold since', wall(instant(status.holdSince))),
		fact('T0 planned', `${dated(t0)}${moved}`),
		began === null ? null : fact('T0 began', `${wall(began)} ${late === '' ? '' : `(${late})`}`),
		html`<div hidden data-yours="${t0}" data-zone="${zone(t0)}"><dt>T0, your time</dt><dd></dd></div>`,
		end(board),
	]}</dl>`;
};

/** Since when it is overdue; else by when, unless the text says it. */
const due = ({due: at, saysDue}: Status['waits'][number], now: string): string => {
	if (at === null) return '';
	if (instant(at) < instant(now)) return `, overdue since ${wall(instant(at))}`;
	return saysDue ? '' : `, by ${wall(instant(at))}`;
};

/** Who is waited for: NEXT first. The vote also says for how long. */
export function awaited({status}: Board): Html {
	const [next, ...others] = status.waits;
	if (next === undefined)
		return html`<p>${isOver(status.status) ? 'Nothing is awaited: the cutover is over.' : 'Nobody is awaited.'}</p>`;
	const opened = status.poll?.opened ?? null;
	const since = (act: string | null): string =>
		opened !== null && (act === 'vote' || act === 'keep') ? `, asked ${wall(instant(opened))}` : '';
	const line = (wait: Status['waits'][number]): Html => solid(`${wait.text}${since(wait.act)}${due(wait, status.now)}`);
	const links = status.links.filter(
		({state, roles}) => state === 'opened' && roles.some(role => next.roles.includes(role)),
	);
	const can = links.length === 0 ? '' : `; ${links.map(({name}) => name).join(', ')} can answer by link`;
	return html`<ul class="asks"><li><b>NEXT</b> ${line(next)}${can}</li>${others.map(wait => html`<li><b>awaited</b> ${line(wait)}</li>`)}</ul>`;
}
