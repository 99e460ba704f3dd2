/*
What `cutover-tui` without a runbook opens where that is not clear: one of several open cutovers; or, with none open, the
rehearsal, a runbook of this folder, or what is closed. Asked on a page of its own, which the palette of a screen leads to as well.
*/

import {readdirSync, realpathSync} from 'node:fs';
import {join} from 'node:path';
import {StoreFault} from '../cutover/ports.ts';
import {endedAs, endingOf} from '../cutover/snapshot/ending.ts';
import {snapshotNow} from '../cutover/snapshot/snapshot-of.ts';
import {ifPossible} from '../disk/fault.ts';
import {beginningOf} from '../disk/file.ts';
import type {Choice, Choices, ClosedCutover, OpenCutover, RunbookFile} from '../screen/choose/choosing.ts';
import type {Args} from './args.ts';
import {meant} from './choose.ts';
import {catalogOf, cutoversOf, type Listed, type Opened, openCutover} from './compose.ts';
import {codeOfLeft, terminalOf} from './show.ts';
import {showZone} from './zone.ts';

const mostFiles = 100;
const mostHeading = 4096;

/** The first heading of a Markdown file, where its first bytes have one. */
const headingOf = (file: string): string | null =>
	ifPossible(() => /^#\s+(.+?)\s*#*\s*$/m.exec(beginningOf(file, mostHeading).toString())?.[1] ?? null);

/** The Markdown files of the folder; none where it cannot be read. */
export const runbooksIn = (folder: string): readonly RunbookFile[] =>
	(ifPossible(() => readdirSync(folder, {withFileTypes: true})) ?? [])
		.filter(entry => entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name))
		.map(({name}) => name)
		.toSorted()
		.slice(0, mostFiles)
		.map(path => ({path, title: headingOf(join(folder, path))}));

const closedOf = ({id, title, runbook, state}: Listed): ClosedCutover => ({
	id,
	title,
	runbook,
	how: (endedAs(state) ?? 'closed').toUpperCase(),
	...endingOf(state),
});

type Going = {readonly listed: Listed; readonly opened: Opened | null; readonly fault: string};

/** Open while the page is, so that what it shows goes on. */
async function going(call: Args, listed: Listed): Promise<Going> {
	if (listed.status === 'unreadable') return {listed, opened: null, fault: listed.title};
	try {
		return {listed, opened: await openCutover(call.io, await catalogOf(call), listed.id), fault: ''};
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		return {listed, opened: null, fault: error.message};
	}
}

function openOf({listed: {id, runbook}, opened, fault}: Going): OpenCutover {
	if (opened === null) return {id, runbook, snapshot: null, fault};
	return {id, runbook, snapshot: snapshotNow(opened, null), fault: null};
}

async function onPage(call: Args, known: readonly Listed[], comesFrom: string | null): Promise<Choice | number> {
	const open = known.filter(({status}) => status !== 'closed').toSorted((a, b) => a.t0 - b.t0);
	const all = await Promise.all(open.map(listed => going(call, listed)));
	// Each of them has its own zone; beside each other their times are the machine's.
	showZone(call.io.env, null);
	// What is open already is continued, and not begun once more.
	const begun = new Set(open.map(({runbook}) => runbook));
	const here = realpathSync(call.io.cwd);
	const choices: Choices = {
		open: () => all.map(openOf),
		closed: known.filter(({status}) => status === 'closed').map(closedOf),
		runbooks: runbooksIn(call.io.cwd).filter(({path}) => !begun.has(join(here, path))),
		folder: call.io.cwd,
	};
	try {
		const {runChoose} = await import('../screen/choose/run-choose.tsx');
		const choice = await runChoose(choices, comesFrom, terminalOf(call));
		return choice.kind === 'ended' ? codeOfLeft(choice.left) : choice;
	} finally {
		for (const {opened} of all) await opened?.close();
	}
}

/**
 * Null where it is clear: a runbook or a cutover is named, or exactly one is open. An exit code where a signal ended it.
 * `comesFrom`: asked on the screen of this cutover, whatever is clear.
 */
export async function chooseWhatToOpen(call: Args, comesFrom: string | null): Promise<Choice | number | null> {
	const isNamed = call.word(0) !== null || call.text('cutover') !== null;
	if (comesFrom === null && isNamed) return null;
	const known = await cutoversOf(call);
	return comesFrom === null && meant(known).length === 1 ? null : onPage(call, known, comesFrom);
}
