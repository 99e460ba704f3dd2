/*
From what was typed to what is sent: which command of the catalogue is meant, what it speaks of, the values of its fields.
*/

import type {Field, Values} from '../commands/field.ts';
import {relayOf} from '../commands/relay.ts';
import type {Situation} from '../commands/situation.ts';
import {situationIn} from '../commands/situation-in.ts';
import {isProblem, type Problem} from '../commands/spec.ts';
import type {Acting, Order} from './act.ts';
import type {Args} from './args.ts';
import type {Route} from './route.ts';
import {named} from './runbook-rows.ts';
import {known, UsageError} from './usage-error.ts';

const isGiven = (call: Args, name: string): boolean =>
	call.flag(name) || call.text(name) !== null || call.list(name).length > 0;

const flagOf = ({line: {flag}}: Route): string => `--${flag?.name ?? ''}`;

const saidAs = (route: Route): string =>
	route.line.flag === undefined ? route.line.command : `${route.line.command} ${flagOf(route)}`;

const byFlag = (call: Args, routes: readonly Route[]): Route => {
	const flagged = routes.filter(({line}) => line.flag !== undefined);
	const given = flagged.filter(({line}) => isGiven(call, line.flag?.name ?? ''));
	const [first, ...others] = given;
	if (others.some(({spec, line}) => spec !== first?.spec || line.preset !== first?.line.preset))
		throw new UsageError(`Give only one of ${given.map(flagOf).join(', ')}.`);
	const found = first ?? routes.find(({line}) => line.flag === undefined);
	if (found === undefined) throw new UsageError(`Give exactly one of ${flagged.map(flagOf).join(', ')}.`);
	return found;
};

/** The one that the first word or an option chooses. Throws UsageError that lists the others. */
export function routeOf(call: Args, routes: readonly Route[]): Route {
	const words = routes.flatMap(({line}) => (line.word === undefined ? [] : [line.word]));
	if (words.length === 0) return byFlag(call, routes);
	const word = known(routes[0]?.line.noun ?? 'word', call.must(0), words);
	return routes.find(({line}) => line.word === word) ?? byFlag(call, routes);
}

function entry(text: string): string {
	const number = Number(text);
	if (Number.isSafeInteger(number) && number >= 1) return String(number);
	throw new UsageError(`"${text}" is not an entry. Name it by its number in the log.`);
}

/** Id of what it speaks of, empty where it speaks of nothing. */
export function targetOf({call, runbook}: Acting, {spec: {target}}: Route): string {
	if (target === undefined) return '';
	const word = call.must(0);
	if (target === 'entry') return entry(word);
	return target === 'link' ? word : named(runbook, target, word);
}

const situationOf = ({opened, by}: Pick<Acting, 'opened' | 'by'>): Situation =>
	situationIn(opened.journal, opened.clock.now(), by);

/** `critical logs=pass` -> which row and which answer. Throws UsageError that lists the rows. */
function answerOf(
	text: string,
	{name, rows, choices}: Field,
	situation: Situation,
	on: string,
): readonly [string, string] {
	const cut = text.lastIndexOf('=');
	const answers = choices?.(situation, on).map(({value}) => value) ?? [];
	const answer = text.slice(cut + 1).trim();
	if (cut < 1 || !answers.includes(answer))
		throw new UsageError(
			`"${text}" is not an answer. Write ${answers.map(value => `--${name} "NAME=${value}"`).join(' or ')}.`,
		);
	return [`${name}:${known(name, text.slice(0, cut).trim(), rows?.(situation, on) ?? [])}`, answer];
}

type Said = readonly (readonly [string, string])[];

/** Throws UsageError where one row is answered in two ways: the last of them would silently be the answer. */
function answersOf(texts: readonly string[], of: Field, situation: Situation, on: string): Said {
	const found = texts.map(text => answerOf(text, of, situation, on));
	for (const [row, answer] of found)
		if (found.some(([other, another]) => other === row && another !== answer))
			throw new UsageError(`"${row.slice(of.name.length + 1)}" is answered in two ways. Say --${of.name} once for it.`);
	return found;
}

/** What a form would propose, of a text alone: what is done, when and to what end is not left to what nobody has seen. */
const proposed = ({kind, initial}: Field, situation: Situation, on: string): string | null =>
	kind === 'text' ? (initial?.(situation, on) ?? null) : null;

function said(context: Acting, of: Field, situation: Situation, on: string, word: string | null): Said {
	const {call} = context;
	if (of.kind === 'flag') return call.flag(of.name) ? [[of.name, 'yes']] : [];
	if (of.kind === 'checklist') return answersOf(call.list(of.name), of, situation, on);
	if (of.kind === 'roles') {
		const roles = call.list(of.name).map(name => named(context.runbook, 'role', name));
		return roles.length === 0 ? [] : [[of.name, roles.join(',')]];
	}
	const text = of.positional ? word : (call.text(of.name) ?? proposed(of, situation, on));
	if (text === null) return [];
	const names =
		of.noun === undefined ? null : (of.values ?? (of.choices?.(situation, on) ?? []).flatMap(({value}) => value || []));
	return [[of.name, names === null ? text : known(of.noun ?? of.name, text, names)]];
}

/** What the options and words say, by field. */
function valuesOf(context: Acting, {spec, line}: Route, situation: Situation, on: string): Values {
	const fields = spec.fields.filter(({only}) => only !== 'form');
	const before = firstWord({spec, line});
	const positional = fields.filter(({positional: isWord}) => isWord);
	return Object.fromEntries([
		...fields.flatMap(of => said(context, of, situation, on, context.call.word(before + positional.indexOf(of)))),
		...(context.by.role === null ? [] : [['role', context.by.role] as const]),
		...Object.entries(line.preset ?? {}),
	]);
}

const usageError = ({problem, fields = []}: Problem): UsageError =>
	new UsageError(fields.length === 0 ? problem : `${problem} (${fields.map(name => `--${name}`).join(', ')})`);

const firstWord = ({spec, line}: Route): number =>
	(spec.target === undefined ? 0 : 1) + (line.word === undefined ? 0 : 1);

/** What belongs to another way to say the command is not passed over in silence. */
export function refuseStrangers(call: Args, route: Route, routes: readonly Route[]): void {
	const mine = new Set(route.spec.fields.map(({name}) => name));
	const strange = routes
		.flatMap(({spec}) => spec.fields)
		.find(
			({name, positional}) => !positional && !mine.has(name) && name !== route.line.flag?.name && isGiven(call, name),
		);
	const words = route.spec.fields.filter(({positional}) => positional).length;
	const word = call.word(firstWord(route) + words);
	const found = strange === undefined ? word : `--${strange.name}`;
	if (found === null) return;
	const takes = routes.filter(({spec: {fields}}) => strange !== undefined && fields.includes(strange)).map(saidAs);
	const instead = takes.length === 0 ? '' : `, but to ${takes.join(' or ')}`;
	throw new UsageError(`${found} does not belong to ${saidAs(route)}${instead}; --help shows what does.`);
}

/** What is sent, in this order. Throws UsageError where what was typed cannot be used. */
export function ordersOf(context: Acting, route: Route, on: string, routes: readonly Route[] = []): readonly Order[] {
	refuseStrangers(context.call, route, routes);
	const situation = situationOf(context);
	const values = valuesOf(context, route, situation, on);
	const relayed = route.spec.relayable ? relayOf(values) : null;
	if (relayed !== null && isProblem(relayed)) throw usageError(relayed);
	const steps = route.spec.steps(values, on, situation);
	if (isProblem(steps)) throw usageError(steps);
	const {confirms} = route.line;
	return steps.map(({draft}) => ({
		...draft,
		...(confirms === undefined ? {} : {confirm: [confirms]}),
		...(relayed === null ? {} : {relayed}),
	}));
}
