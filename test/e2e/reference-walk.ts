/**
 * The reference cutover by one person at one keyboard, from T-60 to CLOSED, and how many keys that takes: typed words
 * are counted letter by letter, reasons and notes are not.
 */
import type {Operator} from './operator.ts';

class Counted {
	count = 0;
	readonly #operator: Operator;

	constructor(operator: Operator) {
		this.#operator = operator;
	}

	async press(key: string, sign: string | RegExp): Promise<void> {
		this.count++;
		await this.#operator.press(key, sign);
	}

	/** `.`, once NEXT says this. */
	async next(says: RegExp, sign: string | RegExp): Promise<void> {
		await this.#operator.shows(says);
		await this.press('.', sign);
	}

	/** Letters and an Enter, all counted. */
	async word(word: string, sign: string | RegExp): Promise<void> {
		this.count += word.length + 1;
		await this.#operator.word(word, sign);
	}

	/** An Enter that counts, in both senses. */
	async confirm(sign: string | RegExp): Promise<void> {
		this.count++;
		await this.#operator.confirm(sign);
	}

	/** A reason in the person's own words, with the Enter after it. */
	async reason(text: string, sign: string | RegExp): Promise<void> {
		await this.#operator.fill(text);
		await this.confirm(sign);
	}
}

const groups = ['L1', 'L2', 'L3'];

async function beforeT0(keys: Counted, done: readonly string[]): Promise<void> {
	const runs = [
		['T-60', /✔ T-60 DONE/],
		['T-30', /✔ T-30 DONE/],
		['G3', /✔ G3 PASS/],
	] as const;
	for (const [id, sign] of runs.filter(([id]) => !done.includes(id))) {
		await keys.next(new RegExp(`NEXT .*run ${id}`), `RUN ${id}`);
		await keys.press('y', sign);
	}
	await keys.next(/NEXT .*answer G4/, 'ANSWER FOR A GATE: G4');
	for (const group of groups) await keys.press('y', new RegExp(`${group} +\\(\\*\\) yes`));
	await keys.confirm(/✔ G4 PASS/);
	await keys.next(/NEXT .*answer G5/, 'ANSWER FOR A GATE: G5');
	await keys.press('y', '(*) yes');
	await keys.confirm(/✔ G5 PASS/);
	for (const role of ['release-manager', 'ops-lead']) {
		await keys.next(new RegExp(`NEXT .*${role}.*go or no-go`), `as: ${role}`);
		await keys.word('GO', role === 'ops-lead' ? /^ GO / : /^ NEXT {2}ops-lead/m);
	}
}

async function afterT0(keys: Counted): Promise<void> {
	await keys.next(/NEXT .*T0/, 'START T0');
	await keys.word('T0', 'EXECUTING');
	await keys.press('.', 'REPORT HOW T0 WENT');
	await keys.press('p', '(*) pass');
	await keys.confirm('OBSERVING');
	await keys.press('.', 'RUN T+10');
	await keys.reason('all is green already', '>  Run it?');
	await keys.press('y', /REPORT HOW T\+10 WENT[\s\S]*> {2}health endpoints/);
	for (const next of ['service status', 'critical logs', 'baseline', 'baseline']) await keys.press('p', `>  ${next}`);
	await keys.confirm(/✔ T\+10 DONE/);
	for (const role of ['release-manager', 'project-owner']) {
		await keys.press('.', 'VOTE TO KEEP THE RELEASE');
		await keys.reason('green for an hour elsewhere', `as: ${role}`);
		await keys.word('KEEP', role === 'project-owner' ? /^ KEPT/ : /^ NEXT {2}project-owner/m);
	}
	await keys.press('.', 'SIGN EVERYTHING THAT IS YOURS AND READY');
	await keys.press('y', '5 of 5 signed');
	await keys.press('.', 'CLOSE THE CUTOVER');
	await keys.word('CLOSE', 'CLOSED');
}

/** From a cutover that was just begun to its go. `done`: stages and gates that were run elsewhere. */
export const walkToGo = (operator: Operator, done: readonly string[] = []): Promise<void> =>
	beforeT0(new Counted(operator), done);

/** From its go to its end. */
export const walkFromGo = (operator: Operator): Promise<void> => afterT0(new Counted(operator));

/** From a cutover that was just begun to its end: the number of keys. */
export async function referenceWalk(operator: Operator): Promise<number> {
	const keys = new Counted(operator);
	await beforeT0(keys, []);
	await afterT0(keys);
	return keys.count;
}
