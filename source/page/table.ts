/* A table that becomes a list of cards on a phone, and what is in it. */
import {local} from '../text/time.ts';
import {type Html, html, raw} from './html.ts';
import {solid} from './solid.ts';

export type Cell = string | number | null | Html;

const shownAs = (cell: Cell): Cell => (typeof cell === 'string' ? solid(cell) : cell);

const row = (header: readonly string[], cells: readonly Cell[]): Html =>
	html`<tr>${cells.map((cell, index) => {
		const isNone = cell === null || cell === '';
		const shown = isNone ? '–' : shownAs(cell);
		return index === 0
			? html`<td>${shown}</td>`
			: html`<td data-h="${header[index] ?? ''}"${isNone && raw(' class="none"')}>${shown}</td>`;
	})}</tr>`;

/** `2031-03-08 22:00:00+01:00`. */
export const dated = (ms: number): string => local(ms).replace('T', ' ');

export const table = (header: readonly string[], rows: readonly (readonly Cell[])[]): Html =>
	rows.length === 0
		? html`<p>None.</p>`
		: html`<div class="wrap"><table class="cards"><thead><tr>${header.map(each => html`<th scope="col">${each}</th>`)}</tr></thead><tbody>${rows.map(cells => row(header, cells))}</tbody></table></div>`;

/** A fact of a list of facts (`dl`); `kind`: its class. */
export const fact = (name: string, value: Cell, kind = ''): Html =>
	html`<div class="${kind}"><dt>${name}</dt><dd>${shownAs(value)}</dd></div>`;
