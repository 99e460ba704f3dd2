/*
`notify --test`: one message to each channel of `notify`, and what each answered. Of a runbook before it is begun, or of an open
cutover; 0 where all have taken it, 1 where one has not.
*/

import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {type NotifyTarget, notifyTargetText} from '../../cutover/model/notify.ts';
import type {Path, Runbook} from '../../cutover/model/runbook.ts';
import type {Answer, Message} from '../../notifications/channel.ts';
import {channelOf, channels} from '../../notifications/channels.ts';
import {authoritiesIn, authoritiesOf} from '../../processes/environment.ts';
import {safe} from '../../text/clean.ts';
import {stamp} from '../../text/time.ts';
import {trySending} from '../../watch/deliver.ts';
import {personOf} from '../act.ts';
import type {Args} from '../args.ts';
import {choose} from '../choose.ts';
import {systemClock} from '../clock.ts';
import {closing} from '../compose.ts';
import {say, sayJson} from '../io.ts';
import {readFor} from '../opening.ts';
import {known, UsageError} from '../usage-error.ts';

type Place = {readonly runbook: Runbook; readonly workspace: Path; readonly ca: readonly Path[]};

function placeOfRunbook(call: Args, word: string): Place {
	const {runbook, workspace} = readFor(call, word);
	if (runbook === null) throw new UsageError(`${word} has errors. See them: cutover-tui check ${word}.`);
	const ca = [...(runbook.ca ?? []).map(file => resolve(workspace, file)), ...authoritiesIn(call.io.env)];
	return {runbook, workspace, ca};
}

const placeOfCutover = async (call: Args): Promise<Place> =>
	closing(await choose(call, 'read'), ({journal, folder}) => {
		const state = journal.state();
		if (state.runbook === null) throw new UsageError('This cutover was never begun.');
		return {runbook: state.runbook, workspace: state.workspace, ca: authoritiesOf(folder, state)};
	});

function messageFor(runbook: Runbook, by: string): Message {
	const at = systemClock.now();
	const text = safe(`TEST by ${by}: this channel works. Nothing happened.`);
	return {
		id: `test/${stamp(at)}`,
		on: 'test',
		level: 'info',
		title: safe(runbook.title),
		text,
		lines: [],
		fields: [],
		link: null,
		calendar: null,
		ends: [],
		story: [text],
		at,
		cutover: runbook.id ?? 'test',
		head: '',
		rehearsal: false,
	};
}

const isCommand = ({commands}: NotifyTarget): boolean => commands.length > 0;

function line(target: NotifyTarget, answer: Answer | null): string {
	const to = notifyTargetText(target);
	if (answer === null) return `not tested  ${to}: a command runs only in a cutover, as it was approved`;
	if (!answer.arrived) return `FAILED      ${to}: ${answer.reason}`;
	const doubt = target.to === 'teams' ? ', which is no word that it was posted: look into the channel' : '';
	return `accepted    ${to}: ${answer.said}${doubt}`;
}

export const run = async (call: Args): Promise<number> => {
	if (!call.flag('test')) throw new UsageError('Give --test: one message then goes to each channel of notify.');
	const {io} = call;
	const word = call.word(0);
	const isChannel = word !== null && channelOf(word) !== null && !existsSync(resolve(io.cwd, word));
	const given = call.text('to') ?? (isChannel ? word : null);
	const only = given === null ? null : known('channel', given, Object.keys(channels));
	const place = word === null || isChannel ? await placeOfCutover(call) : placeOfRunbook(call, word);
	const targets = (place.runbook.notify ?? []).filter(({to}) => only === null || to === only);
	if (targets.length === 0) throw new UsageError(`The settings name no ${only ?? 'channel'}: add it to notify.`);
	const message = messageFor(place.runbook, personOf(call, null).name);
	const run = () => () => Promise.resolve('commands are not tested');
	const clock = {clock: systemClock, now: systemClock.now};
	const answers = await Promise.all(
		targets.map(target =>
			isCommand(target) ? null : trySending(target, message, {...place, ...clock, env: io.env, run}),
		),
	);
	const tried = targets.map((target, index) => ({target, answer: answers[index] ?? null}));
	if (call.flag('json')) {
		const rows = tried.map(({target, answer}) => ({channel: target.to, to: notifyTargetText(target), answer}));
		sayJson(io, {targets: rows});
	} else say(io, ...tried.map(({target, answer}) => line(target, answer)));
	return answers.some(answer => answer !== null && !answer.arrived) ? 1 : 0;
};
