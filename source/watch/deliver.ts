/* One try to bring a message to a target of `notify`. */

import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import type {NotifyTarget} from '../cutover/model/notify.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import {ifPossible} from '../disk/fault.ts';
import {
	type Answer,
	arrived,
	type Channel,
	type ChannelContext,
	type Message,
	refused,
} from '../notifications/channel.ts';
import {channelOf} from '../notifications/channels.ts';
import {authoritiesOf, passed, secretIn, secretsOf} from '../processes/environment.ts';
import {type Printed, runLine} from '../processes/run-line.ts';
import {inOneLine} from '../text/error-text.ts';
import {Redactor, redactor} from '../text/redact.ts';
import {durationText} from '../text/time.ts';
import {readyLine} from '../workspace/approved-run.ts';

export type DeliveryWorld = {
	/** Of the cutover, with the approved files. */
	readonly folder: Path;
	state(): State;
	readonly clock: Clock;
	/** The time of the world in ms, also in a rehearsal. */
	now(): number;
	readonly env: Readonly<Record<string, string | undefined>>;
};

export const longestMs = 30_000;

/** A line of our own, or the output of a command. The disk may be full: people are notified all the same. */
const log = (folder: Path, text: string): void =>
	void ifPossible(() => appendFileSync(join(folder, 'notify.log'), text, {mode: 0o600}));

export const logLine = (
	{folder, now}: Pick<DeliveryWorld, 'folder' | 'now'>,
	stamp: (ms: number) => string,
	text: string,
): void => log(folder, `${stamp(now())} ${text}\n`);

/** How a command ended, null where it ended well; and the beginning of what it printed, without secrets. */
export type Ran = {readonly failed: string | null; readonly printed: string};

const mostPrinted = 4096;

/** Runs an approved command line in the workspace, its output in `notify.log`, until the signal ends it. */
export const runApproved =
	({folder, state, env, clock}: DeliveryWorld, runbook: Runbook, signal: AbortSignal) =>
	async (line: string, input: string, own: Readonly<Record<string, string>>): Promise<Ran> => {
		const ready = readyLine(folder, state(), line);
		const changed = ready.changed('inPlace');
		if (changed !== null) return {failed: `not run: ${changed}`, printed: ''};
		let printed = '';
		const sink = (isOutput: boolean): Printed => {
			const secrets = new Redactor(secretsOf(env, runbook));
			const keep = (latin1: string): void => {
				if (isOutput) printed = (printed + latin1).slice(0, mostPrinted);
				log(folder, Buffer.from(latin1, 'latin1').toString('utf8'));
			};
			return {push: chunk => keep(secrets.push(chunk)), end: () => keep(secrets.end())};
		};
		const failed = await runLine(ready.run, {
			cwd: state().workspace,
			env: {...passed(env, runbook), ...own},
			input,
			clock,
			signal,
			output: sink(true),
			errors: sink(false),
		});
		return {failed, printed: Buffer.from(printed, 'latin1').toString('utf8')};
	};

/** The fields of a target, for its channel: a variable stands for its value. Throws the name of a needed one that is not set. */
function valuesOf({fields}: Channel, {values}: NotifyTarget, env: DeliveryWorld['env']): NotifyTarget['values'] {
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => {
			if (fields[key]?.kind !== 'variable') return [key, value];
			const found = secretIn(env, String(value));
			if (found === '') throw new Error(`${String(value)} is not set`);
			return [key, found];
		}),
	);
}

/** What a try needs; `run`: of an approved command line, ended by the signal. */
export type TryWorld = Pick<ChannelContext, 'workspace' | 'ca' | 'clock' | 'now'> & {
	readonly env: DeliveryWorld['env'];
	readonly runbook: Runbook;
	run(signal: AbortSignal): ChannelContext['run'];
};

/** What became of one try, without a secret. Never rejects. */
export async function trySending(target: NotifyTarget, message: Message, world: TryWorld): Promise<Answer> {
	const {env, runbook, run, ...context} = world;
	const channel = channelOf(target.to);
	if (channel === null) return refused(`there is no channel ${target.to}`);
	const redact = redactor(secretsOf(env, runbook));
	const over = new AbortController();
	const late = Promise.withResolvers<Answer>();
	const stop = context.clock.after(longestMs, () => {
		over.abort();
		const reason = `ended after ${durationText(longestMs / 1000)}`;
		// A command that hangs once hangs again; a service may have been slow.
		late.resolve({arrived: false, reason, again: target.commands.length === 0});
	});
	const {signal} = over;
	const send = async (): Promise<Answer> =>
		channel.send(message, valuesOf(channel, target, env), {
			...context,
			env: passed(env, runbook),
			mails: runbook.mails ?? {},
			signal,
			run: run(signal),
		});
	try {
		const answer = await Promise.race([send(), late.promise]);
		return answer.arrived ? arrived(redact(answer.said)) : {...answer, reason: redact(answer.reason)};
	} catch (error) {
		return refused(redact(inOneLine(error)));
	} finally {
		stop();
	}
}

/** One try for a cutover, as its approval says. Never rejects. */
export async function deliver(target: NotifyTarget, message: Message, world: DeliveryWorld): Promise<Answer> {
	const {runbook, workspace, rehearsal} = world.state();
	if (runbook === null) return refused('there is no runbook');
	// A rehearsal notifies nobody, unless whoever rehearses asks for it.
	if (rehearsal !== null && rehearsal.notify !== true && target.commands.length === 0)
		return arrived('not sent: a rehearsal');
	const {clock, env, folder, now} = world;
	const ca = authoritiesOf(folder, world.state());
	const run: TryWorld['run'] =
		signal =>
		async (...command) =>
			(await runApproved(world, runbook, signal)(...command)).failed;
	return trySending(target, message, {workspace, ca, clock, now, env, runbook, run});
}
