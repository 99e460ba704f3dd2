/*
The process `page`: FOLDER. It serves and publishes the page of that cutover as its settings say, from begin to its end; nobody
waits for it, and nothing is in it that is not in the journal.
*/

import {rmSync, utimesSync} from 'node:fs';
import {resolve} from 'node:path';
import process from 'node:process';
import {isShown} from '../../cutover/due/desired-work.ts';
import {isLedElsewhere} from '../../cutover/model/hosts.ts';
import type {Serve} from '../../cutover/model/page.ts';
import type {State} from '../../cutover/model/state.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {identityIn} from '../../processes/attempt-status.ts';
import {authoritiesOf, passed} from '../../processes/environment.ts';
import {pageFile, viewCode} from '../../processes/page-process.ts';
import {isSame, takePlace} from '../../processes/place.ts';
import {identityOf} from '../../processes/process.ts';
import {takeSecrets} from '../../processes/spawn.ts';
import {publish} from '../../serve/publish.ts';
import {inOneLine} from '../../text/error-text.ts';
import {seldom} from '../../text/seldom.ts';
import {watcherAlive} from '../../watch/watcher.ts';
import {readyLine} from '../../workspace/approved-run.ts';
import {systemClock} from '../clock.ts';
import {journalOf} from '../journal-of.ts';
import {pageSource} from '../page.ts';
import {type Target, toCommand, toFile} from '../publishing.ts';
import {startServing} from '../serving.ts';
import {showZoneOf} from '../zone.ts';

const [folder = ''] = process.argv.slice(2);
// Of the secrets it gets the password of the store, and what the proxy in front is known by.
const env = takeSecrets();
process.on('SIGHUP', () => {});

const complain = seldom(systemClock.steady, text => process.stderr.write(`${text}\n`));
// One reader's connection must not end the page of the others.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
	process.on(event, (error: unknown) => complain(inOneLine(error)));

const everyMs = 1000;

async function main(): Promise<void> {
	const file = pageFile(folder);
	const self = identityOf(process.pid);
	if (takePlace(file, self) === null) return;
	const {journal, clock} = await journalOf(folder, env, {compares: false, keeps: false});
	showZoneOf(env, journal, clock);
	const {workspace, runbook} = journal.state();
	const inWorkspace = (path: string): string => resolve(workspace, path);
	const source = pageSource({
		journal,
		clock,
		watcher: () => watcherAlive(folder) || isLedElsewhere(journal.observed().hosts),
	});
	const stops: (() => Promise<void>)[] = [];

	const serving = async ({tls, ...serve}: Serve): Promise<void> => {
		const {address, stop} = await startServing({
			serve: {...serve, ...(tls ? {tls: {cert: inWorkspace(tls.cert), key: inWorkspace(tls.key)}} : {})},
			source,
			clock,
			code: serve.open ? null : viewCode(folder),
			signIn:
				runbook?.identity === undefined
					? null
					: {by: runbook.identity, env, ca: authoritiesOf(folder, journal.state())},
			acts: {journal, folder},
			log: line => {
				if (line.startsWith('error')) complain(line);
			},
		});
		stops.push(stop);
		replaceFile(file, {...self, address});
	};

	const approvedLine = (line: string): string => {
		const ready = readyLine(folder, journal.state(), line);
		const changed = ready.changed('any');
		if (changed !== null) throw new Error(`not run: ${changed}`);
		return ready.run;
	};
	const publishing = (target: Target): void => {
		stops.push(publish({...target, source, clock, complain}).stop);
	};

	if (runbook?.publish?.file !== undefined) publishing(toFile(inWorkspace(runbook.publish.file)));
	if (runbook?.publish?.command !== undefined) {
		const {command} = runbook.publish;
		const given = passed(env, runbook);
		publishing(toCommand({line: () => approvedLine(command), cwd: workspace, env: given}, systemClock));
	}
	if (runbook?.serve !== undefined)
		await serving(runbook.serve).catch((error: unknown) => {
			complain(`${runbook.serve?.listen}: ${inOneLine(error)}`);
			// Who publishes goes on; the port is tried again by the next process.
			if (runbook.publish === undefined) throw error;
		});

	const settings = ({runbook: book}: State): string => JSON.stringify([book?.serve, book?.publish, book?.identity]);
	const begunWith = settings(journal.state());
	const goesOn = (): boolean => {
		const state = journal.state();
		return isShown(state) && settings(state) === begunWith && isSame(identityIn(file), self);
	};
	await new Promise<void>(done => {
		const look = (): void => {
			if (goesOn()) utimesSync(file, systemClock.now() / 1000, systemClock.now() / 1000);
			else done();
		};
		stops.push(async () => stopLooking());
		const stopLooking = systemClock.every(everyMs, look);
		process.once('SIGTERM', () => done());
		look();
	});
	for (const stop of stops) await stop();
	await journal.close();
	if (isSame(identityIn(file), self)) rmSync(file, {force: true});
}

await main().catch((error: unknown) => complain(inOneLine(error)));
process.exit(0);
