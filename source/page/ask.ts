/*
The form of one act by a personal link: who acts, what is decided and on what it rests, before any field; then choice, reason,
the typed word and the spoken code. What it rests on comes back with the form by its sha256.
*/
import {type Choice, type Field, hintOf, type Values} from '../commands/field.ts';
import type {Situation} from '../commands/situation.ts';
import {digestOf} from '../disk/digest.ts';
import {fieldsOf, questionOf, rolesOf, takesCode, type WebAct, wordsOf} from './acts.ts';
import {type Html, html, raw} from './html.ts';
import {headOf, policy} from './policy.ts';
import {type Rest, restsOn} from './rests.ts';
import {solid} from './solid.ts';
import {style} from './style.ts';

export const formStyle = `${style}
main.form{max-width:40rem;display:block;padding-top:.9rem}
main.form p{overflow-wrap:anywhere}
form p,fieldset{margin:.9rem 0}
fieldset{border:1px solid var(--line);padding:.4rem .9rem}
legend,label.row{display:block;font-weight:600;margin-bottom:.2rem}
legend::first-letter,label.row::first-letter{text-transform:uppercase}
label.pick{display:block;padding:.6rem 0}
input[type=text],textarea,select{width:100%;min-height:2.75rem;padding:.5rem;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--dim)}
input[type=radio]{width:1.3rem;height:1.3rem;margin:0 .6rem 0 0;vertical-align:-.2rem}
button,a.act{display:inline-block;min-height:2.75rem;padding:.6rem 1.2rem;font:inherit;font-weight:600;color:var(--bg);background:var(--run);border:1px solid var(--run);text-decoration:none}
button.quiet{color:var(--fg);background:none;border-color:var(--dim);font-weight:400}
ul.rests{padding-left:1.2rem}ul.rests li{overflow-wrap:anywhere}
ul.offers{list-style:none;padding:0}ul.offers li{margin:.6rem 0}
.problem{border:2px solid var(--bad);padding:.5rem .9rem;font-weight:600;margin-bottom:.9rem}
.gone{text-decoration:line-through}
@media (forced-colors:active){button,a.act{color:ButtonText;background:ButtonFace;border-color:ButtonText}}`;

export const formPolicy = policy(formStyle, null);

/** What is decided, and on what it rests: `text` is both, a line each, and `sha256` of it in hexadecimal. */
export type Ask = {
	readonly act: WebAct;
	readonly on: string;
	readonly question: string;
	readonly rests: readonly string[];
	readonly text: string;
	readonly sha256: string;
};

export function askOf(act: WebAct, rest: Rest): Ask {
	const question = questionOf(act, rest.situation, rest.on);
	const rests = restsOn(act, rest);
	const {name, role} = rest.situation.person;
	const text = [`To ${name}${role === null ? '' : ` (${role})`}: ${question}`, ...rests, ''].join('\n');
	return {act, on: rest.on, question, rests, text, sha256: digestOf(text).slice('sha256:'.length)};
}

/** A page of a person with a link; `script`: null where it has none. */
export const personalPage = (title: string, body: Html, script: Html | null = null): Html =>
	html`${headOf(title, formStyle)}<body><main class="form">${body}</main>${script}</body></html>
`;

/** Those that an act may need, whatever is chosen. */
function asked(field: Field, fields: readonly Field[], situation: Situation, on: string): boolean {
	const {askedWhen} = field;
	return askedWhen === undefined || tried(fields, situation, on).some(values => askedWhen(values, situation, on));
}

const choicesOf = (field: Field, situation: Situation, on: string): readonly Choice[] =>
	field.choices?.(situation, on) ?? [];

const rowsOf = (field: Field, situation: Situation, on: string): readonly string[] => field.rows?.(situation, on) ?? [];

/** Nothing, and each choice by itself. */
const tried = (fields: readonly Field[], situation: Situation, on: string): readonly Values[] => [
	{},
	...fields.flatMap(field =>
		choicesOf(field, situation, on).flatMap(({value}) =>
			field.kind === 'checklist'
				? rowsOf(field, situation, on).map(row => ({[`${field.name}:${row}`]: value}))
				: [{[field.name]: value}],
		),
	),
];

/** `needed for no-go`; empty where it is always needed, or never. */
function neededFor(field: Field, fields: readonly Field[], situation: Situation, on: string): string {
	const isRequired = (values: Values): boolean => field.requiredWhen?.(values, situation, on) ?? false;
	if (isRequired({})) return '';
	const found = tried(fields, situation, on)
		.slice(1)
		.filter(isRequired)
		.flatMap(values => Object.values(values));
	return found.length === 0 ? ' (optional)' : ` (needed for ${[...new Set(found)].join(', ')})`;
}

const radios = (name: string, legend: string, choices: readonly Choice[], chosen: string | undefined): Html =>
	html`<fieldset><legend>${legend}</legend>${choices.map(({value, label}) => html`<label class="pick"><input type="radio" name="${name}" value="${value}"${chosen === value && raw(' checked')} required>${label}</label>`)}</fieldset>`;

const select = (name: string, label: string, choices: readonly Choice[], chosen: string | undefined): Html =>
	html`<p><label class="row" for="f-${name}">${label}</label><select id="f-${name}" name="${name}">${choices.map(({value, label: text}) => html`<option value="${value}"${chosen === value && raw(' selected')}>${text}</option>`)}</select></p>`;

const few = 5;

/** A decision is never chosen before somebody chose it. */
const usual = ({requiredWhen, initial}: Field, {situation, on}: Rest): string | undefined =>
	requiredWhen === undefined ? (initial?.(situation, on) ?? undefined) : undefined;

function control(field: Field, fields: readonly Field[], values: Values, rest: Rest): Html {
	const {situation, on} = rest;
	const {name, label, kind} = field;
	const hint = hintOf(field, situation, on);
	const choices = choicesOf(field, situation, on);
	if (kind === 'checklist')
		return html`${rowsOf(field, situation, on).map(row => radios(`${name}:${row}`, row, choices, values[`${name}:${row}`]))}`;
	if (kind === 'choice')
		return choices.length > few
			? select(name, label, choices, values[name])
			: radios(name, label, choices, values[name] ?? usual(field, rest));
	const remark = neededFor(field, fields, situation, on);
	return html`<p><label class="row" for="f-${name}">${label}${remark}</label>${hint !== '' && html`<small id="h-${name}">${hint}</small>`}<textarea id="f-${name}" name="${name}" rows="2" maxlength="400"${hint !== '' && html` aria-describedby="h-${name}"`}${remark === '' && raw(' required')}>${values[name] ?? ''}</textarea></p>`;
}

/** How a form is shown again. `before`: what it rested on when it was shown first, where that changed. */
export type Form = {
	readonly nonce: string;
	readonly values: Values;
	readonly problem: string | null;
	readonly before: readonly string[] | null;
	/** Who gave the code. */
	readonly issuer: string;
};

const choosing = (act: WebAct, {situation, on}: Rest, values: Values): Html | false => {
	const roles = rolesOf(act, situation, on);
	return (
		roles.length > 1 &&
		radios(
			'role',
			'your role in this',
			roles.map(value => ({value, label: value})),
			values['role'],
		)
	);
};

const changes = ({rests}: Ask, before: readonly string[]): Html =>
	html`<ul class="rests">${before.filter(line => !rests.includes(line)).map(line => html`<li class="gone">${line}</li>`)}${rests.filter(line => !before.includes(line)).map(line => html`<li><b>${solid(line)}</b></li>`)}</ul>`;

const problems = (ask: Ask, {problem, before}: Form): Html | false =>
	problem !== null &&
	html`<div class="problem" role="alert"><p>${problem}</p>${before !== null && changes(ask, before)}</div>`;

export function askPage(ask: Ask, rest: Rest, form: Form): Html {
	const {act, on, question, rests, sha256} = ask;
	const {situation} = rest;
	const {person, snapshot, state} = situation;
	const fields = fieldsOf(act);
	const words = wordsOf(act);
	const roles =
		person.role === null ? (snapshot.links.find(({name}) => name === person.name)?.roles ?? []) : [person.role];
	const title = `${state.rehearsal === null ? '' : 'REHEARSAL: '}${question}`;
	return personalPage(
		title,
		html`${state.rehearsal !== null && html`<p class="rehearsal">REHEARSAL: this is not the real cutover</p>`}<p class="dim"><a href="/me">Back</a> · You are <b>${person.name}</b>${roles.length > 0 && html` (${roles.join(', ')})`}. Not you? Close this page and tell ${form.issuer}.</p>
<h1 class="now">${solid(question)}</h1>
${problems(ask, form)}<h2>Based on</h2><ul class="rests">${rests.map(line => html`<li>${solid(line)}</li>`)}</ul>
<form method="post" action="/act"><input type="hidden" name="do" value="${act}"><input type="hidden" name="target" value="${on}"><input type="hidden" name="nonce" value="${form.nonce}"><input type="hidden" name="shown" value="${sha256}">
${choosing(act, rest, form.values)}${fields.filter(field => asked(field, fields, situation, on)).map(field => control(field, fields, form.values, rest))}
<p><label class="row" for="word">Type ${words.join(' or ')} to confirm</label><input type="text" id="word" name="word" autocomplete="off" autocapitalize="characters" spellcheck="false" value="${form.values['word'] ?? ''}" required></p>
${takesCode(act, situation, on) && html`<p><label class="row" for="code">The six digits that ${form.issuer} gave you</label><input type="text" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required></p>`}
<p><button>Record it</button></p><p class="dim">Nothing is recorded before you press it. What you read above is kept with it.</p></form>`,
	);
}
