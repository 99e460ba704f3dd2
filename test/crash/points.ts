/*
The ways in which a night is cut short, each at every call there is: killed, failed by the disk, out of room, or overtaken by
another process. `enough`: ends early, for mutants, of which one failure is all that is asked.
*/
import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {cutover} from './night.ts';
import type {Scene} from './scene.ts';
import {type Point, trace} from './strace.ts';
import type {Tally} from './tally.ts';
import {tell} from './told.ts';

const lanes = 2;
const killed = 137;
const tries = 3;
const isAcknowledgement = ({text}: Point): boolean => text.includes('"ack ');

/** What a call can fail with: no room only where something is made or written. */
const errorsOf = ({name, text}: Point): readonly string[] =>
	name === 'close' || name === 'unlink' || (name === 'openat' && !text.includes('O_CREAT'))
		? ['EIO']
		: ['ENOSPC', 'EIO'];

export const baseline = (scene: Scene) => scene.within(root => trace(scene.subject.writer, root));

/** SIGKILL at the entry of every call. */
export async function kills(scene: Scene, tally: Tally, enough?: () => boolean): Promise<void> {
	const {points} = await baseline(scene);
	await scene.each(
		points,
		lanes,
		async ({name, nth, text}) => {
			// Node itself opens a file more or less from run to run: the last call may then not come, in any try.
			for (let left = tries; left > 0; left--) {
				const {
					code,
					acknowledged,
					points: came,
				} = await scene.within(async root => {
					const run = await trace(scene.subject.writer, root, `${name}:signal=SIGKILL:when=${nth}`);
					if (run.code === killed) await scene.look(root, run.acknowledged, tally, `killed at ${text}`);
					return run;
				});
				if (code === killed) return;
				const isMissing = code === 0 && came.filter(point => point.name === name).length < nth;
				if (left === 1 && !isMissing)
					tally.add(`not killed, it ended with ${code} and ${acknowledged.length} acknowledgements`, text);
			}
		},
		enough,
	);
}

/** The power goes at every call of a night without faults. */
export const power = (scene: Scene, tally: Tally, enough?: () => boolean): Promise<void> =>
	scene.within(async root => scene.power((await trace(scene.subject.writer, root)).calls, root, tally, enough));

/** The disk is full or fails at every call; then the power goes, at every call of what the writer did about it. */
export async function faults(scene: Scene, tally: Tally, enough?: () => boolean): Promise<void> {
	const {points} = await baseline(scene);
	const asked = points
		.filter(point => !isAcknowledgement(point))
		.flatMap(point => errorsOf(point).map(error => ({...point, error})));
	await scene.each(
		asked,
		lanes,
		({name, nth, text, error}) =>
			scene.within(async root => {
				const {code, acknowledged, calls, said} = await trace(
					scene.subject.writer,
					root,
					`${name}:error=${error}:when=${nth}`,
				);
				const where = `${error} at ${text}`;
				if (code === 0) await scene.look(root, acknowledged, tally, where);
				else tally.add(`the writer gave up with ${code}: ${said.trim()}`, where);
				await scene.power(calls, root, tally, enough);
			}),
		enough,
	);
}

/** No file may grow beyond a limit, so that a write ends in the middle of a line. */
export async function short(scene: Scene, tally: Tally, enough?: () => boolean): Promise<void> {
	const {calls} = await baseline(scene);
	const sizes = new Set(calls.flatMap(call => (call.call === 'write' ? [call.bytes.length] : [])));
	const longest = calls.reduce((sum, call) => (call.call === 'write' ? sum + call.bytes.length : sum), 0);
	const limits = [...sizes, ...Array.from({length: 20}, (_, index) => 1 + Math.round((index * longest) / 70))];
	await scene.each(
		limits,
		lanes,
		limit =>
			scene.within(async root => {
				const {acknowledged, calls: made} = await trace(scene.subject.writer, root, null, limit);
				await scene.look(root, acknowledged, tally, `files end at ${limit} bytes`);
				await scene.power(made, root, tally, enough);
			}),
		enough,
	);
}

/** How long another process may try while the first one stands still; ms. Longer than an append, shorter than its patience. */
const meanwhileMs = 25;

/** The writer stands still before each of its calls, while another one acts and is acknowledged, or waits its turn. */
export async function overtaken(scene: Scene, tally: Tally, enough?: () => boolean): Promise<void> {
	const {calls} = await scene.within(root => tell(scene.subject.told, root));
	const made = calls.filter(({call}) => call !== 'acknowledge');
	const changing = [...made.keys()].filter(index => !['open', 'close'].includes(made[index]?.call ?? ''));
	await scene.each(
		changing,
		lanes,
		index =>
			scene.within(async root => {
				const until = `${root}.go`;
				const first = tell(scene.subject.told, root, {wait: {nth: index + 1, until}});
				let ended = false;
				void first.finally(() => (ended = true));
				while (!existsSync(`${until}.reached`) && !ended) await wait(2);
				const other = existsSync(`${root}/${cutover}/journal.ndjson`) ? scene.subject.act(root) : Promise.resolve([]);
				await Promise.race([other, wait(meanwhileMs)]);
				writeFileSync(until, '');
				const {acknowledged, code, said} = await first;
				for (const file of [until, `${until}.reached`]) rmSync(file, {force: true});
				const where = `overtaken before ${JSON.stringify(made[index])}`;
				if (code !== 0) tally.add(`the writer gave up with ${code}: ${said.trim()}`, where);
				else await scene.look(root, [...acknowledged, ...(await other)], tally, where);
			}),
		enough,
	);
}

/** Without strace: the power goes at every call of a night, and of one that failed at each. */
export async function told(scene: Scene, tally: Tally, enough?: () => boolean): Promise<void> {
	const {calls} = await scene.within(async root => {
		const run = await tell(scene.subject.told, root);
		await scene.power(run.calls, root, tally, enough);
		return run;
	});
	const made = calls.filter(({call}) => call !== 'acknowledge');
	const asked = [...made.keys()].flatMap(index => ['ENOSPC', 'EIO'].map(code => ({nth: index + 1, code})));
	await scene.each(
		asked,
		lanes,
		fail =>
			scene.within(async root => {
				const run = await tell(scene.subject.told, root, {fail});
				const where = `${fail.code} at ${JSON.stringify(made[fail.nth - 1])}`;
				if (run.code === 0) await scene.look(root, run.acknowledged, tally, where);
				else tally.add(`the writer gave up with ${run.code}: ${run.said.trim()}`, where);
				await scene.power(run.calls, root, tally, enough);
			}),
		enough,
	);
}

/** Every way, by its name. The first five need strace or act beside another process; `told` needs neither. */
export const ways = {kills, power, faults, short, overtaken, told};

export type Way = keyof typeof ways;
