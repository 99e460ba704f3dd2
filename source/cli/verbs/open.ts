/*
`cutover-tui [RUNBOOK]`: the screen. It resumes the open cutover of this runbook or shows the first opening; without a
runbook it takes the only open cutover, or asks which. What goes wrong while it loads is said once the terminal is back.
*/

import {existsSync, realpathSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Loaded} from '../../screen/screen-options.ts';
import {quoted} from '../../text/shell.ts';
import {enter, lastHere, type Presence} from '../../watch/presence.ts';
import {actorOf, notStarted} from '../act.ts';
import {forScreen} from '../acts.ts';
import type {Args} from '../args.ts';
import {choose, meant, onlyOpen} from '../choose.ts';
import {chooseWhatToOpen, runbooksIn} from '../chooser.ts';
import {systemClock} from '../clock.ts';
import {catalogOf, cutovers, cutoversOf, type Opened, openCutover, openIn} from '../compose.ts';
import {needTerminal, say, tell} from '../io.ts';
import {keepUp} from '../keep-up.ts';
import {isPlain, Plain, type Reopen} from '../plain.ts';
import {codeOfLeft, show} from '../show.ts';
import {codeOf} from '../until-end.ts';
import {UsageError} from '../usage-error.ts';

/** The verb that does here what the screen would have done. */
function instead(call: Args): string {
	const runbook = call.word(0);
	return runbook === null ? 'status' : `check ${runbook}, begin ${runbook} --t0 WHEN, or status`;
}

function fileOf(call: Args, word: string): string {
	const file = resolve(call.io.cwd, word);
	if (!existsSync(file)) throw new UsageError(`${word} does not exist. Name a runbook.`);
	return realpathSync(file);
}

/** The open cutover of this runbook, null where there is none. */
const openOf = async (call: Args, file: string): Promise<Opened | null> =>
	openIn(await catalogOf(call), async catalog => {
		const known = await cutovers(catalog);
		const found = onlyOpen(
			known.filter(({runbook}) => runbook === file),
			'cutovers of this runbook',
		);
		if (found !== null) return openCutover(call.io, catalog, found.id);
		// Of what others began nothing is known while the database is away: it is not said then that nobody did.
		await catalog.whole();
		return null;
	});

/** Shorter than this is a blink: the board opens at once. */
const blinkMs = 30_000;

/** Who was away gets the briefing first. Times on the cutover's clock. */
function back(call: Args, {folder, clock, journal}: Opened): Pick<Loaded, 'view'> {
	const last = lastHere(folder, actorOf(call, {journal}).name);
	const awayMs = last === null ? 0 : systemClock.now() - last;
	return awayMs > blinkMs ? {view: {screen: 'briefing', away: clock.now() - awayMs}} : {};
}

/** Is here from now on. */
const enters = (call: Args, {folder, journal}: Opened): Presence =>
	enter(folder, actorOf(call, {journal}), systemClock);

/** Null: a runbook that is not begun. */
const cutoverOf = async (call: Args, file: string | null): Promise<Opened | null> =>
	file === null || call.text('cutover') !== null ? choose(call, 'act') : openOf(call, file);

async function load(call: Args, opened: (cutover: Opened) => void): Promise<Loaded> {
	const word = call.word(0);
	const file = word === null ? null : fileOf(call, word);
	const found = await cutoverOf(call, file);
	if (found === null) return {opening: (await import('../opening-port.ts')).opening(call, file ?? '', opened)};
	const briefing = back(call, found);
	opened(found);
	const text = await notStarted(found);
	const view = {...briefing.view, ...(text === null ? {} : {message: {kind: 'refused', text} as const})};
	return {cutover: forScreen(call.io, found), clock: found.clock, view};
}

/** Where it is not clear what is meant: what there is, as the page that chooses shows it. */
async function sayChoices(call: Args): Promise<void> {
	await call.runLine(['list'], call.io);
	for (const {path, title} of runbooksIn(call.io.cwd)) say(call.io, `${path}${title === null ? '' : `  ${title}`}`);
	say(call.io, 'open ID goes to a cutover; open RUNBOOK reads one of this folder; rehearse plays the sample.');
}

/** The command that begins this runbook, with what the call says of the cutover already. */
const beginLine = (call: Args, word: string): string =>
	[
		`begin ${quoted(word)} --t0 ${quoted(call.text('t0') ?? 'WHEN')}`,
		...['ticket', 'environment'].flatMap(name => {
			const value = call.text(name);
			return value === null ? [] : [`--${name} ${quoted(value)}`];
		}),
	].join(' ');

/** The same without a full screen. */
async function plainly(call: Args): Promise<number> {
	const leave: (() => void | Promise<void>)[] = [];
	const isClear = async (): Promise<boolean> =>
		call.word(0) !== null || call.text('cutover') !== null || meant(await cutoversOf(call)).length === 1;
	const find = async (word: string | null, meaning: Args): Promise<Opened | null> => {
		const found = await cutoverOf(meaning, word === null ? null : fileOf(meaning, word));
		if (found === null) return null;
		leave.push(enters(call, found).leave, keepUp(found), () => found.close());
		const hindered = await notStarted(found);
		if (hindered !== null) tell(call.io, hindered);
		return found;
	};
	const reopen: Reopen = async named => {
		if (named === undefined) return (await isClear()) ? find(call.word(0), call) : null;
		const isFile = existsSync(resolve(call.io.cwd, named));
		const opened = await (isFile
			? find(named, call.but({cutover: null}, [named]))
			: find(null, call.but({cutover: named}, [])));
		if (opened === null) await call.runLine(['check', named], call.io);
		return opened;
	};
	try {
		const word = call.word(0);
		const opened = await reopen();
		if (opened === null && word !== null) {
			await call.runLine(['check', word], call.io);
			say(call.io, `No cutover of ${word} is open. Begin it: ${beginLine(call, word)}`);
		} else if (opened === null) await sayChoices(call);
		const signal = await new Plain(call).talk(opened, reopen);
		return signal === null ? 0 : codeOf(signal);
	} finally {
		for (const step of leave) await step();
	}
}

/** `code`: exit code; `choose`: the page that chooses follows, from the cutover that was open. */
type Shown = {readonly code: number} | {readonly choose: string | null};

async function onScreen(call: Args): Promise<Shown> {
	const leave: (() => void | Promise<void>)[] = [];
	let presence: Presence | null = null;
	let cannotBegin = false;
	let id: string | null = null;
	const hold = (opened: Opened): void => {
		const entered = enters(call, opened);
		presence = entered;
		({id} = opened);
		leave.push(entered.leave, keepUp(opened), () => opened.close());
	};
	let named = call.word(0);
	try {
		const left = await show(call, async () => {
			const loaded = await load(call, hold);
			cannotBegin = loaded.opening?.runbook === null;
			named = loaded.opening?.path ?? named;
			return {...loaded, named: person => presence?.named(person)};
		});
		if (left === 'choose') return {choose: id};
		if (left === 'begun') return {code: await run(call)};
		if (left === 'adopt' && named !== null) {
			const adopted = await (await import('./adopt.ts')).onPage(call, named);
			return {code: adopted === 0 ? await run(call) : adopted};
		}
		const code = codeOfLeft(left);
		// As check says of the same runbook.
		return {code: code === 0 && cannotBegin ? 2 : code};
	} finally {
		for (const step of leave) await step();
	}
}

export const run = async (call: Args): Promise<number> => {
	if (isPlain(call)) return plainly(call);
	needTerminal(call.io, instead(call));
	for (let asked: string | null = null; ; ) {
		const choice = await chooseWhatToOpen(call, asked);
		if (typeof choice === 'number') return choice;
		if (choice?.kind === 'nothing') return 0;
		if (choice?.kind === 'rehearsal') return (await import('./rehearse.ts')).run(call.but({cutover: null}, []));
		const chosen =
			choice === null
				? call
				: choice.kind === 'cutover'
					? call.but({cutover: choice.id}, [])
					: call.but({cutover: null}, [choice.path]);
		const shown = await onScreen(chosen);
		if ('code' in shown) return shown.code;
		asked = shown.choose;
	}
};
