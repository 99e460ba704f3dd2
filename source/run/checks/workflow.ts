/*
Whether a GitHub workflow could be dispatched as the runbook says: it must have `workflow_dispatch`, declare every input
that would be sent, allow its value, and ask for none that would not be.
*/
import {readFileSync} from 'node:fs';
import {parse} from 'yaml';
import type {Path, Runbook} from '../../cutover/runbook.ts';
import {fail, type Verdict} from './verdict.ts';

type Fields = Readonly<Record<string, unknown>>;
type Inputs = Readonly<Record<string, string>>;

const fieldsOf = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : null;

/** What stands under `workflow_dispatch`; null where the workflow has none. */
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
	if (!(name in declared)) return `it has no input "${name}"`;
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

/** Inputs that the runbook dispatches this workflow with. */
function inputsOf(path: Path, {rollback}: Runbook): Inputs {
	const found = [rollback?.preferred, rollback?.fallback].find(
		way => way?.kind === 'workflow' && way.workflow === path,
	);
	return found?.kind === 'workflow' ? found.inputs : {};
}

/** Null where it could be dispatched. */
export function workflowFault(path: Path, file: Path, runbook: Runbook): Verdict | null {
	let workflow: Fields | null;
	try {
		workflow = fieldsOf(parse(readFileSync(file, 'utf8'), {maxAliasCount: 100}));
	} catch (error) {
		return fail(
			`${path} is no valid YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
		);
	}
	const dispatch = workflow === null ? null : dispatchOf(workflow);
	if (dispatch === null) return fail(`${path} has no workflow_dispatch`);
	const declared = fieldsOf(dispatch['inputs']) ?? {};
	const sent = inputsOf(path, runbook);
	const faults = [
		...Object.entries(sent).flatMap(([name, value]) => inputFault(name, value, declared) ?? []),
		...(Object.keys(sent).length > 0 ? asksForMore(declared, sent) : []),
	];
	return faults.length === 0 ? null : fail(`${path}: ${faults.join('; ')}`);
}
