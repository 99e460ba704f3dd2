/*
The stages as drawings: bars on an axis of time where there is room, a line of dots on a phone. The plan is a dashed outline,
what happened is filled; each says its state in words.
*/
import type {StageSnapshot} from '../cutover/snapshot/stages.ts';
import {wallShort} from '../text/time.ts';
import {type Html, html} from './html.ts';

/** Times in ms. */
export type Bar = Pick<StageSnapshot, 'id' | 'planned' | 'started' | 'ended'> & {readonly state: string};

const width = 980;
const left = 12;
const right = 12;
const row = 24;
const top = 34;
const least = 6;

/** Class of a state: `not reached` is `not-reached`. */
export const stateClass = (state: string): string => state.replaceAll(' ', '-');

const shownUntil = ({planned, started, ended}: Bar, now: number): number => ended ?? (started === null ? planned : now);

/** Evenly spaced instants at whole steps, at most eight of them. */
function ticks(from: number, to: number): readonly number[] {
	const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440].map(minutes => minutes * 60_000);
	const step = steps.find(each => (to - from) / each <= 8) ?? Math.ceil((to - from) / 8 / 86_400_000) * 86_400_000;
	const first = Math.ceil(from / step) * step;
	return Array.from({length: Math.max(0, Math.floor((to - first) / step) + 1)}, (_, index) => first + index * step);
}

const fixed = (value: number): string => value.toFixed(1);

const words = ({id, state}: Bar): string => `${id} ${state}`;

/** About what a label takes, with its time: 8 units a character. */
const labelWidth = (bar: Bar): number => 8 * (words(bar).length + 7);

function barOf(bar: Bar, y: number, x: (at: number) => number, now: number): Html {
	const plan = x(bar.planned);
	const from = x(bar.started ?? bar.planned);
	const to = Math.max(from + least, x(shownUntil(bar, now)));
	const [first, last] = [Math.min(from, plan), Math.max(to, plan + least)];
	// Behind the bar; before it, where there is more room; above neither, between the two.
	const room = labelWidth(bar);
	const isLate = last + room > width && first > room;
	const isBetween = last + room > width && !isLate;
	const at = isLate ? first - 8 : isBetween ? first + least + 8 : last + 8;
	const moved = bar.started !== null && Math.abs(from - plan) > 1;
	return html`<g>${moved && html`<rect class="plan" x="${fixed(plan)}" y="${y}" width="${least}" height="12" rx="2"/>`}<rect class="${stateClass(bar.state)}" x="${fixed(from)}" y="${y}" width="${fixed(to - from)}" height="12" rx="2"/><text x="${fixed(at)}" y="${y + 11}" text-anchor="${isLate ? 'end' : 'start'}">${words(bar)} <tspan class="dim">${wallShort(bar.started ?? bar.planned)}</tspan></text></g>`;
}

/** From the first plan to the last end, with a line at `now`, where it is within. */
export function gantt(bars: readonly Bar[], now: number): Html {
	if (bars.length === 0) return html`<p>The runbook has no stages.</p>`;
	const times = bars.flatMap(bar => [bar.planned, bar.started ?? bar.planned, shownUntil(bar, now)]);
	const from = times.reduce((a, b) => Math.min(a, b));
	const last = times.reduce((a, b) => Math.max(a, b));
	const to = last === from ? from + 60_000 : last;
	const x = (at: number): number => left + ((at - from) / (to - from)) * (width - left - right);
	const height = top + bars.length * row + 6;
	const isWithin = now >= from && now <= to;
	return html`<svg class="gantt" viewBox="0 0 ${width} ${height}" role="img" aria-label="Timeline: ${bars.map(words).join(', ')}"><line class="axis" x1="${left}" x2="${width - right}" y1="22" y2="22"/>${ticks(from, to).map(at => html`<line class="axis" x1="${fixed(x(at))}" x2="${fixed(x(at))}" y1="18" y2="${height}"/><text class="dim" x="${fixed(Math.min(Math.max(x(at), 20), width - 24))}" y="13" text-anchor="middle">${wallShort(at)}</text>`)}${isWithin && html`<line class="here" x1="${fixed(x(now))}" x2="${fixed(x(now))}" y1="18" y2="${height}"/>`}${bars.map((bar, index) => barOf(bar, top + index * row, x, now))}</svg>`;
}

/** The same from top to bottom. The wide one tells it to a screen reader, so that it is heard once. */
export function tall(bars: readonly Bar[]): Html {
	const step = 34;
	return html`<svg class="tall" viewBox="0 0 340 ${bars.length * step + 4}" aria-hidden="true"><line class="axis" x1="14" x2="14" y1="18" y2="${Math.max(18, bars.length * step - 16)}"/>${bars.map((bar, index) => html`<circle class="${stateClass(bar.state)}" cx="14" cy="${18 + index * step}" r="7"/><text x="32" y="${23 + index * step}">${words(bar)}</text><text class="dim" x="336" y="${23 + index * step}" text-anchor="end">${wallShort(bar.started ?? bar.planned)}</text>`)}</svg>`;
}
