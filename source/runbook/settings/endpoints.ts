/* `endpoints` in the settings: the keys of every endpoint, and of each kind those of its probe. */
import * as z from 'zod/mini';
import type {Endpoint} from '../../cutover/model/endpoint.ts';
import type {Probe, ProbeKeys, SchemaParts, SettingValues} from '../../probes/probe.ts';
import {probeOf, probes, usualProbe} from '../../probes/probes.ts';
import {durationText, secondsIn} from '../../text/time.ts';
import {address, count, duration, lacking, path, text, url, variable} from './schemas.ts';
import {fileAt, perKind, setting} from './setting.ts';

/** Member by member: where `z` goes as a whole, the bundle holds all of it. */
const parts: SchemaParts = {
	array: z.array,
	boolean: z.boolean,
	enum: z.enum,
	number: z.number,
	optional: z.optional,
	record: z.record,
	refine: z.refine,
	regex: z.regex,
	strictObject: z.strictObject,
	string: z.string,
	union: z.union,
};
const values: SettingValues = {text, url, address, path, variable, count};
const all = Object.entries<Probe>(probes);
const keysByKind = new Map(all.map(([kind, {keys}]) => [kind, keys(parts, values)]));
const keysOf = (kind: string): ProbeKeys => keysByKind.get(kind) ?? {};
const isRequired = (key: z.ZodMiniType): boolean => !(key instanceof z.ZodMiniOptional);

/** Of all kinds: a key that the kind of an endpoint does not read is nothing to it. */
const keysOfAny = Object.fromEntries(
	[...keysByKind.values()].flatMap(keys =>
		Object.entries(keys).map(([key, schema]) => [key, isRequired(schema) ? z.optional(schema) : schema]),
	),
);

const named = {name: text, kind: z.optional(z.enum(all.map(([kind]) => kind)))};
const common = {
	every: z.optional(duration),
	timeout: z.optional(duration),
	critical: z.optional(z.boolean()),
	threshold: z.optional(duration),
};

type Common = z.infer<z.ZodMiniObject<typeof named & typeof common>>;

/** What `endpoints` says of one of them, also by the keys of its kind. */
type EndpointSet = Common & Readonly<Record<string, unknown>>;

const kindOf = ({kind}: Common): string => kind ?? usualProbe;

const endpoint = z.strictObject({...named, ...keysOfAny, ...common}).check(
	lacking<EndpointSet>((set, lack) => {
		for (const [key, schema] of Object.entries(keysOf(kindOf(set))))
			if (isRequired(schema) && set[key] === undefined)
				lack(key, `what an endpoint of kind ${kindOf(set)} asks, or another kind (${Object.keys(probes).join(', ')})`);
	}),
);

const usual = {every: 15, timeout: 5} as const;

/** A probe that may take longer than its interval would leave holes: it then has as long as the interval. */
function timeoutOf({every, timeout}: Common): {readonly asked: number; readonly used: number} {
	const most = secondsIn(every) ?? usual.every;
	const asked = secondsIn(timeout) ?? Math.min(usual.timeout, most);
	return {asked, used: Math.min(asked, most)};
}

function endpointOf(set: EndpointSet): Endpoint {
	const kind = kindOf(set);
	const {target, variables} = probeOf(kind);
	const own = Object.fromEntries(
		Object.keys(keysOf(kind)).flatMap(key => (set[key] === undefined ? [] : [[key, set[key]]])),
	);
	const secrets = variables?.(own) ?? [];
	return {
		...own,
		name: set.name,
		kind,
		target: target(own),
		...(secrets.length === 0 ? {} : {variables: secrets}),
		everySeconds: secondsIn(set.every) ?? usual.every,
		timeoutSeconds: timeoutOf(set).used,
		critical: set.critical ?? true,
		...(set.threshold === undefined ? {} : {thresholdSeconds: secondsIn(set.threshold) ?? 0}),
	};
}

const keyDocs = Object.fromEntries(
	all
		.flatMap(([, probe]) => Object.keys(probe.docs))
		.map(key => [key, perKind<Probe>(probes, ({docs: of}) => of[key])]),
);

const docs = {
	name: 'name of an endpoint that is watched',
	kind: `how it is asked, \`${usualProbe}\` unless set: ${perKind(probes, ({summary}) => summary)}`,
	...keyDocs,
	every: 'time between the starts of two probes; 15s unless set',
	timeout: 'an answer that takes longer is none; 5s unless set, and never longer than `every`',
	critical: 'whether it counts for the outage triggers, keep and the proof of a rollback; `true` unless set',
	threshold: "a threshold of its own, above the trigger's",
};

export const endpoints = setting({
	schema: z.array(endpoint),
	docs,
	apply: (draft, set) => ({...draft, endpoints: set.map(endpointOf)}),
	/** Endpoints that could never be distinguished, or that take longer than they have. */
	check(sets, {complain, at}) {
		const known = new Set<string>();
		sets.forEach((set, index) => {
			const {name} = set;
			if (known.has(name.toLowerCase())) complain('settings-endpoint-double', at(index, 'name'), {name});
			known.add(name.toLowerCase());
			const {asked, used} = timeoutOf(set);
			if (asked > used)
				complain('settings-endpoint-slow', at(index, 'timeout'), {
					name,
					timeout: durationText(asked),
					every: durationText(used),
				});
		});
	},
	paths: sets => sets.flatMap((set, index) => fileAt(endpointOf(set).run, index, 'run')),
});
