/*
A checks stage: shows every file and program that the runbook needs, then judges the stage's gates, one after another.
What is missing in the list is shown and fails nothing; only gates do that.
*/
import type {Playbook} from 'cutover-tui/playbook';
import {fs, path, which} from 'zx';

const playbook: Playbook = async ({step, gate, gates, snapshot, needs, resume, say, values}) => {
	await step(
		'what the runbook needs',
		async () => {
			const file = (name: string) => path.resolve(values.workspace, name);
			const missing = {
				files: needs.files.filter(name => !fs.existsSync(file(name))),
				programs: needs.programs.filter(
					name => which.sync(name.includes('/') ? file(name) : name, {nothrow: true}) === null,
				),
			};
			for (const name of needs.files) say(`${missing.files.includes(name) ? 'missing' : 'found  '}  file     ${name}`);
			for (const name of needs.programs)
				say(`${missing.programs.includes(name) ? 'missing' : 'found  '}  program  ${name}`);
			return missing;
		},
		{again: true},
	);

	const left: string[] = [];
	for (const id of gates) {
		const judge = async () => {
			const {verdict, reason} = await gate(id);
			if (verdict !== 'pass') throw new Error(`${id} ${verdict}${reason === null ? '' : `: ${reason}`}`);
			return verdict;
		};
		// What an earlier attempt passed may be stale since: then its step is not the one to go by.
		const name = resume && snapshot(id) !== 'pass' ? `gate ${id}, attempt ${values.attempt}` : `gate ${id}`;
		await step(name, judge, {again: true}).catch((error: Error) => left.push(error.message));
	}
	if (left.length > 0) throw new Error(left.join('; '));
	say(gates.length === 0 ? 'this stage judges no gate' : `${gates.length} of ${gates.length} gates pass`);
};

export default playbook;
