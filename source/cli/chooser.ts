/*
What `cutover-tui` without a runbook opens where that is not clear: one of several open cutovers; or, with none open, the
rehearsal or a runbook of this folder. Asked on the terminal before the screen is taken.
*/
import {readdirSync} from 'node:fs';
import {safe} from '../text/clean.ts';
import type {Args} from './args.ts';
import {line} from './ask.ts';
import {meant} from './choose.ts';
import {cutoversOf, type Listed} from './compose.ts';
import {say} from './io.ts';
import {lineOf, rowsOf} from './verbs/list.ts';

export type Choice =
	| {readonly kind: 'cutover'; readonly id: string}
	| {readonly kind: 'runbook'; readonly path: string}
	| {readonly kind: 'rehearsal'}
	| {readonly kind: 'nothing'};

type Offer = {readonly text: string; readonly choice: Choice};

const nothing: Choice = {kind: 'nothing'};

/** Asked until a number or an empty line is given; the end of input is an empty line. */
async function ask({io}: Args, offers: readonly Offer[]): Promise<Choice> {
	for (const [index, {text}] of offers.entries()) say(io, safe(`${String(index + 1).padStart(3)}  ${text}`));
	for (;;) {
		const answer = (await line(io, safe('Number and Enter to open, Enter alone to leave: ')))?.trim() ?? '';
		if (answer === '') return nothing;
		const offer = offers[Number(answer) - 1];
		if (offer !== undefined) return offer.choice;
		say(io, safe(`"${answer}" is not a number of the list.`));
	}
}

const counted = (known: readonly Listed[]): string => {
	const closed = known.filter(({status}) => status === 'closed').length;
	return `CUTOVERS  ${known.length - closed} open, ${closed} closed`;
};

async function amongOpen(call: Args, open: readonly Listed[], known: readonly Listed[]): Promise<Choice> {
	say(call.io, safe(counted(known)));
	const rows = await rowsOf(call, open);
	return ask(
		call,
		rows.map(row => ({text: lineOf(row), choice: {kind: 'cutover', id: row.id}})),
	);
}

const most = 20;

function runbooksHere(folder: string): readonly string[] {
	return readdirSync(folder, {withFileTypes: true})
		.filter(entry => entry.isFile() && entry.name.endsWith('.md'))
		.map(({name}) => name)
		.toSorted()
		.slice(0, most);
}

const mostClosed = 5;

async function firstPage(call: Args, known: readonly Listed[]): Promise<Choice> {
	say(call.io, safe('No cutover is open.'));
	const closed = await rowsOf(call, known.filter(({status}) => status === 'closed').slice(0, mostClosed));
	const choice = await ask(call, [
		{text: 'rehearse the sample cutover', choice: {kind: 'rehearsal'}},
		...runbooksHere(call.io.cwd).map(
			(path): Offer => ({text: `begin a cutover of ${path}`, choice: {kind: 'runbook', path}}),
		),
		...closed.map((row): Offer => ({text: `read ${lineOf(row)}`, choice: {kind: 'cutover', id: row.id}})),
	]);
	return choice;
}

/** Null where it is clear: a runbook or a cutover is named, or exactly one is open. */
export async function chooseWhatToOpen(call: Args): Promise<Choice | null> {
	if (call.word(0) !== null || call.text('cutover') !== null) return null;
	const known = await cutoversOf(call);
	const open = meant(known);
	if (open.length === 1) return null;
	return open.length > 1 ? amongOpen(call, open, known) : firstPage(call, known);
}
