/*
Wrong writers: the project's own code with one mistake in it, each of a kind that has lost people's data. The suite must see
every one of them, or it proves nothing.
*/
import type {Changes} from './bundle.ts';
import type {Way} from './points.ts';

const store = 'source/journal/file-store.ts';
const disk = 'source/disk/file.ts';

/** `seen`: the way that sees it, first here and without strace. `after`: the mistake is made by who comes after, too. */
export type Mutant = {readonly changes: Changes; readonly seen: readonly [Way, Way]; readonly after?: true};

const sync = '		fdatasyncSync(fd);\n';
const syncOfFolder = 'withFile(folder, constants.O_RDONLY | constants.O_DIRECTORY, fsyncSync)';

const noTailRepair: Changes[string] = [
	['const fits = found.damaged === null && found.rest === 0;', 'const fits = true;'],
	['		if (whole.damaged !== null) throw brokenFault(whole.damaged, path);\n', ''],
	['if (whole.rest > 0) cutTail(', 'if (whole.rest < 0) cutTail('],
];

const unlocked = `	const unlocked = (): void => {
		try {
			withFile(path, constants.O_RDWR | constants.O_APPEND, repair);
		} catch {}
	};

	const appendTo = `;

const unlockedRead = `		async pull(after) {
			if (after.seq === 0) unlocked();
			return reader.read(after);
		},
`;

/** By what the writer does wrong. */
export const mutants: Readonly<Record<string, Mutant>> = {
	'it does not sync what it wrote': {seen: ['power', 'told'], changes: {[store]: [[sync, '']]}},
	'it acknowledges before it has written': {
		seen: ['power', 'told'],
		changes: {
			'source/journal/journal.ts': [
				[
					"if ((await store.append(head, entries)) === 'conflict') {",
					'void store.append(head, entries);\nif (head.seq < 0) {',
				],
			],
		},
	},
	'it appends behind a torn line': {seen: ['power', 'told'], after: true, changes: {[store]: noTailRepair}},
	'it syncs again after a sync that failed': {
		seen: ['faults', 'told'],
		changes: {[store]: [[sync, `		try {\n	${sync}		} catch {\n	${sync}		}\n`]]},
	},
	'it does not sync the folder of a new name': {
		seen: ['power', 'told'],
		changes: {[disk]: [[syncOfFolder, 'void folder']]},
	},
	'it repairs without the lock': {
		seen: ['overtaken', 'overtaken'],
		changes: {
			[store]: [
				['		pull: async after => reader.read(after),\n', unlockedRead],
				['	const appendTo = ', unlocked],
			],
		},
	},
	'it just appends: no lock, no sync, no repair': {
		seen: ['power', 'told'],
		changes: {
			[store]: [...noTailRepair, [sync, ''], ['lock.hold(() => {', 'Promise.resolve().then(() => {']],
			[disk]: [[syncOfFolder, 'void folder']],
		},
	},
};
