/*
`backtest RUNBOOK --samples FILE`: when would each outage trigger have fired on what was recorded, by the
same fold that watches a cutover?
*/
import {resolve} from 'node:path';
import type {Ended, Fact, Fired} from '../../cutover/health/outage/fact.ts';
import {fold} from '../../cutover/health/outage/fold.ts';
import type {Moment} from '../../cutover/health/outage/sample.ts';
import type {Clock} from '../../cutover/health/outage/state.ts';
import {type Watch, watchOf} from '../../cutover/health/outage/watch.ts';
import type {OutageTrigger, Runbook} from '../../cutover/model/runbook.ts';
import {durationText, local, minutes, stamp, stampOrNull} from '../../text/time.ts';
import {type Args, when} from '../args.ts';
import {say, sayJson} from '../io.ts';
import {readFor} from '../opening.ts';
import {type Recording, readSamples} from '../samples.ts';
import {UsageError} from '../usage-error.ts';
import {tellProblems} from '../what-was-read.ts';
import {showZone} from '../zone.ts';

/** ms since the epoch, durations in ms; `end` null: it still ran at the last sample, and `lasted` reaches to there. */
type Outage = Omit<Ended, 'end'> & {readonly end: number | null};

type Backtest = {
	readonly trigger: OutageTrigger;
	readonly watch: Watch;
	readonly fired: Fired | null;
	readonly warned: readonly Extract<Fact, {kind: 'warned'}>[];
	readonly flapping: readonly Extract<Fact, {kind: 'flapping'}>[];
	readonly outages: readonly Outage[];
};

const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly Extract<Fact, {kind: K}>[] =>
	facts.filter((fact): fact is Extract<Fact, {kind: K}> => fact.kind === kind);

const running = (clock: Clock): readonly Outage[] =>
	Object.entries(clock.endpoints).flatMap(([endpoint, {outage}]) => {
		if (outage === null) return [];
		const {start, lastFail, unseen: unobserved} = outage;
		const lasted = lastFail.tau - start.tau;
		const [first, last] = [start.id, lastFail.id];
		return [{endpoint, start: start.at, end: null, lasted, atLeast: lasted, atMost: null, unobserved, first, last}];
	});

function backtest(trigger: OutageTrigger, {endpoints, samples}: Recording, armed: Moment): Backtest {
	const watch = watchOf(trigger, endpoints);
	const {clock, facts} = fold(watch, [armed], samples);
	const outages = [...ofKind(facts, 'restored'), ...running(clock)].toSorted((a, b) => a.start - b.start);
	const [fired = null] = ofKind(facts, 'fired');
	return {trigger, watch, fired, warned: ofKind(facts, 'warned'), flapping: ofKind(facts, 'flapping'), outages};
}

/** One a trigger that is an outage clock, armed at `armedAt` (ms since the epoch). */
const backtests = ({triggers}: Runbook, recording: Recording, armedAt: number): readonly Backtest[] =>
	triggers.flatMap(trigger => (trigger.kind === 'outage' ? [backtest(trigger, recording, {at: armedAt})] : []));

const seconds = (ms: number): number => ms / 1000;

const outageJson = ({endpoint, start, end, lasted, atLeast, atMost, unobserved}: Outage) => ({
	endpoint,
	start: stamp(start),
	end: stampOrNull(end),
	seconds: seconds(lasted),
	atLeastSeconds: seconds(atLeast),
	atMostSeconds: atMost === null ? null : seconds(atMost),
	unobservedSeconds: seconds(unobserved),
});

const triggerJson = ({trigger, watch, fired, warned, flapping, outages}: Backtest, armedAt: number) => ({
	id: trigger.id,
	thresholdSeconds: trigger.thresholdSeconds,
	firedAt: fired === null ? null : stamp(fired.at),
	outages: outages.map(outageJson),
	armedAt: stamp(armedAt),
	need: watch.need,
	downSeconds: fired === null ? null : seconds(fired.elapsed),
	unobservedSeconds: fired === null ? null : seconds(fired.unobserved),
	firedBy: fired?.endpoints.map(({endpoint}) => endpoint) ?? [],
	warnings: warned.map(({at, percent, endpoint}) => ({at: stamp(at), percent, endpoint})),
	flapping: flapping.map(({at, endpoint, outages: count, percent}) => ({
		at: stamp(at),
		endpoint,
		outages: count,
		percent,
	})),
});

const asJson = (tests: readonly Backtest[], {endpoints, samples}: Recording, armedAt: number) => ({
	triggers: tests.map(test => triggerJson(test, armedAt)),
	endpoints: endpoints.map(({name, every, samples: count}) => ({name, everySeconds: seconds(every), samples: count})),
	samples: samples.length,
});

/** "at most" needs a good sample before it; without one only the lower bound is known. */
const outageLine = ({endpoint, start, end, lasted, atLeast, atMost, unobserved}: Outage): string => {
	const bounds = atMost === null ? '' : `, between ${minutes(atLeast)} and ${minutes(atMost)}`;
	const until = end === null ? `still down at the last sample, ${minutes(lasted)}` : `${minutes(lasted)}${bounds}`;
	const unseen = unobserved === 0 ? '' : `, ${minutes(unobserved)} of it unseen`;
	return `    ${endpoint}  ${local(start)}  ${until}${unseen}`;
};

function triggerLines({trigger, watch, fired, warned, flapping, outages}: Backtest): readonly string[] {
	const limit = `${trigger.strict ? 'more than' : 'at least'} ${durationText(trigger.thresholdSeconds)}`;
	const unseen = fired?.unobserved ? `, ${minutes(fired.unobserved)} of it unseen` : '';
	const by = fired?.endpoints.map(({endpoint}) => endpoint).join(', ');
	return [
		`Trigger ${trigger.id}: ${watch.need} of ${watch.endpoints.length} down ${limit}`,
		fired === null
			? '  would not have fired'
			: `  would have fired at ${local(fired.at)}: ${by} down ${minutes(fired.elapsed)}${unseen}`,
		...(watch.need > watch.endpoints.length
			? ['  it needs more endpoints than were recorded, so it never can on these samples']
			: []),
		...warned.map(({at, percent, endpoint}) => `  warning at ${percent} %  ${local(at)}  ${endpoint}`),
		...flapping.map(
			({at, endpoint, outages: count, percent}) =>
				`  flapping  ${local(at)}  ${endpoint}: ${count} outages, ${percent} % failing`,
		),
		outages.length === 0 ? '  no outage' : `  outages: ${outages.length}`,
		...outages.map(outageLine),
	];
}

function recordingLines({endpoints, samples}: Recording, armedAt: number): readonly string[] {
	const each = endpoints.map(
		({name, every, samples: count}) => `${name} (${count}, every ${durationText(every / 1000)})`,
	);
	const late = samples.every(({at}) => at < armedAt) ? ', after the last sample: nothing could fire' : '';
	return [`${samples.length} samples: ${each.join(', ')}`, `Armed at ${local(armedAt)}${late}`];
}

/** T0, or the first sample; `22:00` is the first one from that on, and `+10m` counts from it. */
function armedAt(call: Args, {samples}: Recording): number {
	const first = samples.reduce((least, {at}) => Math.min(least, at), Number.POSITIVE_INFINITY);
	const given = call.text('t0');
	return given === null ? first : when(given, first - 1);
}

export const run = async (call: Args): Promise<number> => {
	const read = readFor(call, call.must(0));
	if (read.runbook === null) return tellProblems(call.io, read);
	showZone(call.io.env, read.runbook.zone);
	const file = call.text('samples');
	if (file === null)
		throw new UsageError('Which samples? Name their file with --samples FILE; --help shows what it holds.');
	const recording = readSamples(resolve(call.io.cwd, file));
	const armed = armedAt(call, recording);
	const tests = backtests(read.runbook, recording, armed);
	if (tests.length === 0)
		throw new UsageError(
			`${read.file} has no outage trigger. Write one such as "Health endpoint unavailable for more than 10 minutes".`,
		);
	if (call.flag('json')) sayJson(call.io, asJson(tests, recording, armed));
	else
		for (const line of [...recordingLines(recording, armed), ...tests.flatMap(test => ['', ...triggerLines(test)])])
			say(call.io, line);
	return 0;
};
