/*
Ways to a state of the cutover that several tests begin from, by the same verbs that an operator gives.
*/
import {cpSync} from 'node:fs';
import {basename} from 'node:path';
import type {Desk} from './desk.ts';

/** Who gives the verbs. */
export type Hand = Pick<Desk, 'must'>;

/** Begun, an hour before T0. Answers with the id. */
export async function begin({must}: Hand): Promise<string> {
	const said = await must(
		'rita',
		'begin',
		'runbook.md',
		'--t0',
		'+61m',
		'--ticket',
		'CHG-7',
		'--environment',
		'production',
	);
	return said.trimEnd().split('\n').at(-1) ?? '';
}

/** The words of G4 and G5. */
export async function words({must}: Hand): Promise<void> {
	for (const [group, name] of [
		['L1', 'ben'],
		['L2', 'lena'],
		['L3', 'omar'],
	] as const)
		await must(name, 'acknowledge', 'G4', '--role', group);
	await must('paul', 'acknowledge', 'G5');
}

/** Both votes of T-10. */
export async function go({must}: Hand): Promise<void> {
	await must('rita', 'decide', 'go', '--role', 'release-manager', '--early', '--reason', 'everyone is here');
	await must('oscar', 'decide', 'go', '--role', 'ops-lead', '--early', '--reason', 'ops is staffed');
}

/** All gates pass, and the go is given. */
export async function readyForT0(desk: Hand): Promise<string> {
	const id = await begin(desk);
	for (const [gate, name] of [
		['G1', 'olga'],
		['G2', 'quin'],
		['G3', 'rita'],
	] as const)
		await desk.must(name, 'run', gate);
	await words(desk);
	await go(desk);
	return id;
}

/** T0 begun and passed, before its time. */
export const passT0 = ({must}: Hand, reference = 'DEPLOY-1'): Promise<string> =>
	must(
		'rita',
		...['run', 'T0', '--confirm', 'T0', '--result', 'pass', '--reference', reference],
		...['--early', '--reason', 'the window opened'],
	);

/** A copy of a cutover's folder that is still watched: what its watcher is about to rename or remove is left out. */
export const copyCutover = (folder: string, to: string): void =>
	cpSync(folder, to, {
		recursive: true,
		filter: from => !/^(?:\..*|watcher\.json|watch-request\.json)$/.test(basename(from)),
	});
