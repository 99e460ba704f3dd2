/*
What the text of a GitHub workflow says of its being dispatched: whether it takes what would be sent, and which
environments its jobs name. Pure, so that the gate's check of the file here and the look at the file on GitHub judge alike.
*/

import type {Path} from '../cutover/model/runbook.ts';
import {inOneLine} from '../text/error-text.ts';
import {type Fields, fieldsOf, textOf} from '../text/fields.ts';
import {yamlValue} from '../text/yaml.ts';

export type Inputs = Readonly<Record<string, string>>;

/** What is under `workflow_dispatch`; null where the workflow has none. */
function dispatchOf(workflow: Fields): Fields | null {
	const on = workflow['on'];
	if (on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'))) return {};
	const events = fieldsOf(on);
	return events !== null && 'workflow_dispatch' in events ? (fieldsOf(events['workflow_dispatch']) ?? {}) : null;
}

const allowed: Readonly<Record<string, (value: string, input: Fields) => boolean>> = {
	boolean: value => value === 'true' || value === 'false',
	number: value => value.trim() !== '' && Number.isFinite(Number(value)),
	choice: (value, {options}) => Array.isArray(options) && options.some(option => String(option) === value),
};

function inputFault(name: string, value: string, declared: Fields): string | null {
	if (!Object.hasOwn(declared, name)) return `it has no input "${name}"`;
	const input = fieldsOf(declared[name]) ?? {};
	const type = String(input['type'] ?? 'string');
	const fits = allowed[type]?.(value, input) ?? true;
	if (fits) return null;
	const options = Array.isArray(input['options']) ? `, but ${input['options'].join(', ')}` : '';
	return `its input "${name}" (${type}) does not take "${value}"${options}`;
}

const asksForMore = (declared: Fields, sent: Inputs): readonly string[] =>
	Object.entries(declared)
		.filter(([name, input]) => {
			const fields = fieldsOf(input);
			return fields?.['required'] === true && fields['default'] === undefined && !(name in sent);
		})
		.map(([name]) => `it requires the input "${name}", which the runbook does not give`);

const read = (text: string): Fields | null => fieldsOf(yamlValue(text));

/** Why it could not be dispatched with these inputs, null where it could. `sent` null: nobody says what would be sent. */
export function workflowFault(path: Path, text: string, sent: Inputs | null): string | null {
	let workflow: Fields | null;
	try {
		workflow = read(text);
	} catch (error) {
		return `${path} is not valid YAML: ${inOneLine(error)}`;
	}
	const dispatch = workflow === null ? null : dispatchOf(workflow);
	if (dispatch === null) return `${path} has no workflow_dispatch`;
	const declared = fieldsOf(dispatch['inputs']) ?? {};
	const faults =
		sent === null
			? []
			: [
					...Object.entries(sent).flatMap(([name, value]) => inputFault(name, value, declared) ?? []),
					...asksForMore(declared, sent),
				];
	return faults.length === 0 ? null : `${path}: ${faults.join('; ')}`;
}

/** An environment that a job names. `why`: its name cannot be read from the file. */
export type NamedEnvironment = {readonly name: string; readonly why: string | null};

const anInput = /^\$\{\{\s*(?:github\.event\.)?inputs\.([\w-]+)\s*\}\}$/;

/** An expression that is just an input has its value; what others come to is known on GitHub only. */
function named(name: string, declared: Fields, sent: Inputs): NamedEnvironment | null {
	const input = anInput.exec(name)?.[1];
	if (input === undefined)
		return {name, why: name.includes('${{') ? 'its name is known only once the workflow runs' : null};
	const value = sent[input] ?? fieldsOf(declared[input])?.['default'];
	return value === undefined || value === '' ? null : {name: String(value), why: null};
}

/** The environments of its jobs, each once; of a text that `workflowFault` has no fault with. */
export function environmentsOf(text: string, sent: Inputs): readonly NamedEnvironment[] {
	const workflow = read(text) ?? {};
	const declared = fieldsOf(dispatchOf(workflow)?.['inputs']) ?? {};
	const found = Object.entries(fieldsOf(workflow['jobs']) ?? {}).flatMap(
		([id, value]): NamedEnvironment | readonly NamedEnvironment[] => {
			const job = fieldsOf(value) ?? {};
			const uses = textOf(job['uses']);
			if (uses !== null)
				return [{name: uses, why: `job "${id}" calls another workflow, whose environments are not known here`}];
			const name = textOf(job['environment']) ?? textOf(fieldsOf(job['environment'])?.['name']);
			return name === null ? [] : (named(name, declared, sent) ?? []);
		},
	);
	return found.filter(({name}, index) => found.findIndex(other => other.name === name) === index);
}
