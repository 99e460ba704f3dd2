/* The reference cutover of the docs from T-60 to CLOSED, by the commands of an operator: with logs, attachments and signed acts. */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {desk} from '../cli/desk.ts';
import {type Hand, passT0, readyForT0} from '../cli/walks.ts';

const early = ['--early', '--reason', 'green already'];

/** Answers with its folder. `reference`: what makes it another one. */
export async function referenceCutover(t: TestContext, reference: string): Promise<string> {
	const night = desk(t);
	const key = join(night.folder, '..', 'key');
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', reference, '-f', key]);
	night.write('allowed', `* ${readFileSync(`${key}.pub`, 'utf8')}`);
	night.write('runbook.cutover.yaml', 'cutover: 1\nallowed-signers: allowed\nsignatures: optional\n');
	night.write('seen.txt', `seen for ${reference}\n`);
	const hand: Hand = {
		must: (who, ...words) =>
			night.must(who, ...words, ...(/^(?:decide|sign)$/.test(words[0] ?? '') ? ['--sign', key] : [])),
	};
	await readyForT0(hand);
	await hand.must('quin', 'attach', 'T-30', 'seen.txt');
	await passT0(hand, reference);
	await hand.must('omar', 'run', 'T+10', '--result', 'pass', '--note', 'all well', ...early);
	await hand.must('rita', 'decide', 'keep', '--role', 'release-manager', ...early);
	await hand.must('paul', 'decide', 'keep', '--role', 'project-owner', ...early);
	await hand.must('paul', 'sign', 'S5');
	await hand.must(
		'rita',
		'close',
		'--reason',
		'the rest is not recorded',
		'--confirm',
		'CLOSE',
		'--role',
		'release-manager',
	);
	const [{folder}] = JSON.parse((await night.cli('list', '--json')).stdout);
	return folder;
}
