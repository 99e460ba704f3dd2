/*
The writer and its look as one file each, so that hundreds of runs start fast. A wrong writer is the same code with a few
pieces of text changed; a piece that is not there any more is an error, so that no mutant ever goes quiet.
*/
import {mkdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build, type Plugin} from 'esbuild';

const project = join(import.meta.dirname, '../..');

/** By file, from the project's folder: pieces of its text, and what is there instead. */
export type Changes = Readonly<Record<string, readonly (readonly [piece: string, instead: string])[]>>;

export type Subject = {
	/** Paths of the bundled writer: as it is, and one whose calls are told by its own file system. */
	readonly writer: string;
	readonly told: string;
	readonly wrong: (root: string, acknowledged: readonly string[]) => Promise<string | null>;
	readonly act: (root: string) => Promise<readonly string[]>;
};

const require = "import {createRequire} from 'node:module';const require = createRequire(import.meta.url);";

function changed(file: string, pieces: Changes[string]): string {
	return pieces.reduce(
		(text, [piece, instead]) => {
			if (!text.includes(piece)) throw new Error(`${file} has no ${JSON.stringify(piece)} any more: mend the mutant.`);
			return text.replaceAll(piece, () => instead);
		},
		readFileSync(join(project, file), 'utf8'),
	);
}

const changing = (changes: Changes): Plugin => ({
	name: 'changes',
	setup({onLoad}) {
		onLoad({filter: /\.ts$/}, ({path}) => {
			const pieces = changes[relative(project, path)];
			return pieces === undefined ? null : {contents: changed(relative(project, path), pieces), loader: 'ts'};
		});
	},
});

const telling: Plugin = {
	name: 'telling',
	setup({onResolve}) {
		onResolve({filter: /^node:fs$/}, ({importer}) =>
			importer.endsWith('told-fs.ts') ? null : {path: join(import.meta.dirname, 'told-fs.ts')},
		);
	},
};

const one = (entry: string, outfile: string, plugins: Plugin[]): Promise<unknown> =>
	build({
		entryPoints: [join(import.meta.dirname, entry)],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node26',
		banner: {js: require},
		logLevel: 'error',
		plugins,
	});

/** `folder`: where the bundles go; `after`: what the look afterwards has changed. Throws where a change does not fit. */
export async function bundle(folder: string, changes: Changes = {}, after: Changes = {}): Promise<Subject> {
	mkdirSync(folder, {recursive: true});
	for (const [file, pieces] of Object.entries(changes)) changed(file, pieces);
	const [writer, told, look] = ['writer', 'told', 'look'].map(name => join(folder, `${name}.mjs`)) as [
		string,
		string,
		string,
	];
	await Promise.all([
		one('writer.ts', writer, [changing(changes)]),
		one('writer.ts', told, [changing(changes), telling]),
		one('look.ts', look, [changing(after)]),
	]);
	const {wrong, act} = await import(pathToFileURL(look).href);
	return {writer, told, wrong, act};
}
