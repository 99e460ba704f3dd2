/*
A path of the rollback: runs its script in the workspace, with the environment that was shown before the word was typed.
That it ends well is no proof: the proof is the core's matter, and people's.
*/
import type {Playbook} from 'cutover-tui/playbook';
import {$} from 'zx';

const playbook: Playbook = async ({step, path, say, values}) => {
	if (path === null) throw new Error('This playbook runs a path of the rollback, and nothing else.');
	for (const [name, value] of Object.entries(values.inputs)) say(`${name}=${value}`);
	await step(path.shown.join(' '), () => $`${path.words}`);
};

export default playbook;
