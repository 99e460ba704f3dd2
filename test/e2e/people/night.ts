/*
A cutover in which one person votes in a browser and another signs the next morning, while the server of the page is killed
again and again: every act is recorded once, and what was acknowledged is there.
*/
import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import type {Entry} from '../../../source/cutover/ports.ts';
import {type Desk, desk} from '../../cli/desk.ts';
import {begin, words} from '../../cli/walks.ts';
import {heard} from '../../harness/heard.ts';
import {environment, program} from '../../harness/program.ts';
import {type Answered, type Browser, browserOf} from '../../serve/site.ts';

/** The server in a process of its own, which is killed and started again at the same port. */
class Server {
	readonly #night: Desk;
	#child: ChildProcess | null = null;
	#port = 0;
	killed = 0;

	constructor(t: TestContext, night: Desk) {
		this.#night = night;
		t.after(() => this.#child?.kill('SIGKILL'));
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** Resolves once it listens. */
	async start(): Promise<void> {
		const [node, ...own] = program;
		const words = ['serve', '--listen', `127.0.0.1:${this.#port}`, '--state', this.#night.state];
		const child = spawn(node, [...own, ...words], {
			cwd: this.#night.folder,
			stdio: ['ignore', 'pipe', 'ignore'],
			env: environment({HOME: this.#night.folder}),
		});
		this.#child = child;
		const said = await heard(child.stdout).shows(/http:\/\/127\.0\.0\.1:\d+\D/);
		this.#port = Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
	}

	async kill(): Promise<void> {
		const child = this.#child;
		if (child === null) return;
		const ended = new Promise(done => child.once('exit', done));
		child.kill('SIGKILL');
		await ended;
		this.killed += 1;
	}
}

const browserAt = (server: Server): Browser =>
	browserOf({
		async ask(path, {method = 'GET', headers = {}} = {}, body = ''): Promise<Answered> {
			const answer = await fetch(`${server.url}${path}`, {
				method,
				headers: headers as Record<string, string>,
				redirect: 'manual',
				...(method === 'POST' ? {body} : {}),
			});
			return {
				status: answer.status,
				headers: {...Object.fromEntries(answer.headers), 'set-cookie': answer.headers.getSetCookie()},
				text: await answer.text(),
			};
		},
	});

const entriesOf = (night: Desk, id: string): readonly Entry[] =>
	readFileSync(join(night.state, id, 'journal.ndjson'), 'utf8')
		.split('\n')
		.slice(0, -1)
		.map((line): Entry => JSON.parse(line));

type Given = {readonly secret: string; readonly code: string};

async function invited(night: Desk, name: string, role: string): Promise<Given> {
	const shown = await night.must('rita', 'invite', name, '--roles', role, '--role', 'release-manager');
	const [, secret = ''] = /\/i#([\w-]{22})/.exec(shown) ?? [];
	const [, first = '', last = ''] = /(\d{3}) (\d{3})/.exec(shown) ?? [];
	return {secret, code: `${first}${last}`};
}

/**
 * A person who does not give up: opens the link, and sends the same form again, while the server is killed at any moment. True
 * as often as the server said that it is recorded.
 */
async function persists(
	server: Server,
	{secret, path, fields}: {secret: string; path: string; fields: Readonly<Record<string, string>>},
	kills: number,
	acknowledged: () => void,
): Promise<void> {
	let form: Readonly<Record<string, string>> | null = null;
	for (let round = 0; round <= kills; round++) {
		await server.start();
		const browser = browserAt(server);
		const last = round === kills;
		const trying = (async () => {
			await browser.open(secret);
			form ??= browser.hidden((await browser.get(path)).text);
			const answer = await browser.post('/act', {...form, ...fields});
			assert.equal(answer.status, 303, answer.text.slice(-2000));
			acknowledged();
		})();
		if (last) {
			await trying;
			break;
		}
		// Each round a little later, so that every step of it is cut off once.
		await Promise.race([trying.catch(() => {}), pause((120 * round) / kills)]);
		await server.kill();
		await trying.catch((error: unknown) => {
			if (error instanceof assert.AssertionError) throw error;
		});
	}
	await server.kill();
}

/** The whole of it; the server is killed so often in each of two acts. Fails where anything is lost or done twice. */
export async function night(t: TestContext, kills: number): Promise<void> {
	const place = desk(t);
	const id = await begin(place);
	for (const [gate, name] of [
		['G1', 'olga'],
		['G2', 'quin'],
		['G3', 'rita'],
	] as const)
		await place.must(name, 'run', gate);
	await words(place);
	await place.must('rita', 'decide', 'go', '--role', 'release-manager', '--early', '--reason', 'everyone is here');
	const server = new Server(t, place);
	const of = (name: string, type: Entry['type']): readonly Entry[] =>
		entriesOf(place, id).filter(entry => entry.by.name === name && entry.type === type);

	const oscar = await invited(place, 'oscar', 'ops-lead');
	await persists(
		server,
		{
			secret: oscar.secret,
			path: '/act?do=vote&target=',
			fields: {vote: 'go', reason: 'ops is staffed', word: 'GO', code: oscar.code},
		},
		kills,
		() => assert.equal(of('oscar', 'voted').length, 1),
	);
	assert.equal(of('oscar', 'voted').length, 1);
	assert.equal((await place.status())['status'], 'go');

	const early = ['--early', '--reason', 'everyone is ready'];
	await place.must('rita', 'run', 'T0', '--confirm', 'T0', '--result', 'pass', ...early);
	const paul = await invited(place, 'paul', 'project-owner');
	// The next morning: seven hours after the end of it all.
	const morning = new Date(Date.now() + 9 * 3_600_000).toISOString();
	const clock = {start: morning, startedAt: new Date().toISOString(), speed: 1};
	writeFileSync(join(place.state, id, 'clock.json'), JSON.stringify(clock));
	await persists(server, {secret: paul.secret, path: '/act?do=sign&target=S5', fields: {word: 'SIGN'}}, kills, () =>
		assert.equal(of('paul', 'signed').length, 1),
	);
	assert.equal(server.killed, 2 * kills + 2);

	const [signed] = of('paul', 'signed');
	assert.deepEqual([signed?.by.strength, signed?.by.web?.issuer, signed?.by.web?.sent], ['link', 'rita', 'print']);
	assert.ok((signed?.at ?? '') > morning);
	assert.deepEqual(
		of('oscar', 'voted').map(({by}) => by.strength),
		['link+code'],
	);
	assert.match(await place.must('rita', 'verify', id), /HOLDS/);
	const evidence = JSON.parse(await place.must('rita', 'export', '--format', 'json'));
	assert.match(String(evidence.fourEyes.remarks), /rita had the link of oscar/);
}
