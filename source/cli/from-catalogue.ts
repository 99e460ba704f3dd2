/*
The catalogue's commands as the command line has them: entries of one name are one command, and an option or the first
word says which of them is meant.
*/
import type {Catalogue} from '../commands/catalogue.ts';
import type {Field, FieldKind} from '../commands/field.ts';
import type {TargetKind} from '../commands/spec.ts';
import {asSentence} from '../text/sentence.ts';
import type {Args, Argument, Completes, Option, Run, Verb} from './args.ts';
import {acting, dryRun, flag} from './options.ts';
import {type Route, routesOf} from './route.ts';

const targets: Readonly<Record<TargetKind, Omit<Argument, 'name'> & {readonly name?: string}>> = {
	gate: {about: 'the gate', completes: 'gate'},
	stage: {about: 'a stage, such as T+10', completes: 'stage'},
	'gate or stage': {name: 'TARGET', about: 'a gate or a stage, such as G1 or T-60', completes: 'gate or stage'},
	trigger: {name: 'ID', about: 'the trigger, by its number in the runbook', completes: 'trigger'},
	'sign-off': {name: 'ITEM', about: 'S1, S2, … in the order of the runbook', completes: 'sign-off'},
	'evidence field': {name: 'FIELD', about: 'a field of the evidence template', completes: 'evidence field'},
	'evidence field or sign-off': {
		name: 'FIELD',
		about: 'a field of the evidence, or a sign-off',
		completes: 'evidence field',
	},
	role: {about: 'the role', completes: 'role'},
	entry: {about: 'its number in the log'},
	link: {about: 'the link, such as I3, or the name of who has it'},
};

const completions: Readonly<Partial<Record<FieldKind, Completes>>> = {role: 'role', roles: 'role', file: 'file'};

const completesOf = ({kind, name}: Field): Pick<Option, 'completes'> => {
	const completes = name === 'on' ? 'row' : completions[kind];
	return completes === undefined ? {} : {completes};
};

/** The values that every route has for it; a value that only some of them know is for them to refuse. */
const valuesOf = (fields: readonly Field[]): Pick<Option, 'choices'> => {
	const [first] = fields;
	const shared = fields.every(({values}) => values !== undefined && values.join() === first?.values?.join());
	return shared && first?.values ? {choices: first.values} : {};
};

const unique = <T>(items: readonly T[], key: (item: T) => string): readonly T[] =>
	items.filter((item, index) => items.findIndex(other => key(other) === key(item)) === index);

const fieldsOf = (routes: readonly Route[]): readonly Field[] =>
	routes.flatMap(({spec}) => spec.fields).filter(({only}) => only !== 'form');

function optionOf(field: Field, routes: readonly Route[]): Option {
	const {name, kind, about, metavar} = field;
	const same = fieldsOf(routes).filter(other => other.name === name);
	return {
		name,
		value: kind === 'flag' ? null : metavar,
		about,
		...(kind === 'checklist' ? {many: true as const} : {}),
		...(kind === 'roles' ? {many: true as const, spread: true as const} : {}),
		...completesOf(field),
		...valuesOf(same),
	};
}

/** Options of the command line alone: what is shown of a run, not what is recorded. */
const extra: Readonly<Record<string, readonly Option[]>> = {
	run: [flag('detach', 'return as soon as it is started')],
	rollback: [flag('detach', 'return as soon as it is started')],
};

function optionsOf(command: string, routes: readonly Route[]): readonly Option[] {
	const named = unique(
		fieldsOf(routes).filter(({positional}) => !positional),
		({name}) => name,
	);
	const flags = routes.flatMap(({line: {flag}}) =>
		flag === undefined || named.some(({name}) => name === flag.name) ? [] : [flag],
	);
	return [
		...(extra[command] ?? []),
		...flags.map(({name, about = ''}) => ({name, value: null, about})),
		...named.map(field => optionOf(field, routes)),
		// It copies its file before anything is decided.
		...(command === 'attach' ? [] : [dryRun]),
		...acting,
	];
}

function argumentsOf(routes: readonly Route[]): readonly Argument[] {
	const choices = routes.flatMap(({line}) => (line.word === undefined ? [] : [line.word]));
	const words: readonly Argument[] =
		choices.length === 0
			? []
			: [
					{
						name: routes[0]?.line.noun?.toUpperCase() ?? 'WORD',
						about: `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`,
						choices,
					},
				];
	const [kind] = routes.flatMap(({spec}) => spec.target ?? []);
	const target = kind === undefined ? [] : [{name: kind.toUpperCase(), ...targets[kind]}];
	const fields = unique(
		fieldsOf(routes).filter(({positional}) => positional),
		({name}) => name,
	);
	return [
		...words,
		...target,
		...fields.map(
			(field): Argument => ({
				name: field.kind === 'time' || field.kind === 'file' ? field.metavar : field.name.toUpperCase(),
				about: field.about,
				...(field.optional || routes.length > 1 ? {optional: true as const} : {}),
				...completesOf(field),
			}),
		),
	];
}

/** What each way to say it does. */
const detailOf = (routes: readonly Route[]): readonly string[] =>
	unique(routes, ({spec}) => spec.help).map(({spec}) => {
		const ways = routes
			.filter(route => route.spec === spec)
			.flatMap(({line: {flag, word}}) => (flag === undefined ? (word ?? []) : `--${flag.name}`));
		return ways.length === 0 ? asSentence(spec.help) : `${ways.join(', ')}: ${asSentence(spec.help)}`;
	});

/** Commands that follow what they start, or copy a file first; all others only send. */
const own: Readonly<Record<string, () => Promise<{readonly run: Run}>>> = {
	run: () => import('./verbs/run.ts'),
	rollback: () => import('./verbs/rollback.ts'),
	attach: () => import('./verbs/attach.ts'),
	done: () => import('./verbs/done.ts'),
	invite: () => import('./verbs/invite.ts'),
};

const sends = (command: string, catalogue: Catalogue) => async (): Promise<{readonly run: Run}> => {
	const {sendCommand} = await import('./verbs/send.ts');
	return {run: (call: Args) => sendCommand(call, routesOf(command, catalogue))};
};

function verbOf(command: string, catalogue: Catalogue): Verb {
	const routes = routesOf(command, catalogue);
	return {
		name: command,
		about: routes[0]?.spec.summary ?? '',
		detail: detailOf(routes),
		examples: [...new Set(routes.flatMap(({spec}) => spec.examples))],
		arguments: argumentsOf(routes),
		options: optionsOf(command, routes),
		load: own[command] ?? sends(command, catalogue),
	};
}

/** One for each name, in the order of the catalogue. */
export const verbsOf = (catalogue: Catalogue): readonly Verb[] =>
	[...new Set(Object.values(catalogue).flatMap(({lines}) => lines.map(({command}) => command)))].map(command =>
		verbOf(command, catalogue),
	);
