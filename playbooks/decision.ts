/*
The go/no-go stage: judges again what is not pass, stale or quick, so that the votes rest on what is true now. The votes
themselves are people's; this ends before the first of them.
*/
import type {Playbook} from 'cutover-tui/playbook';

const playbook: Playbook = async ({step, gate, gates, say, story, values}) => {
	say(
		gates.length === 0
			? 'every gate passes and is fresh: nothing is judged again'
			: `judged again: ${gates.join(', ')}`,
	);
	const left: string[] = [];
	for (const id of gates) {
		const judge = async () => {
			const {verdict, reason} = await gate(id);
			if (verdict !== 'pass') throw new Error(`${id} ${verdict}${reason === null ? '' : `: ${reason}`}`);
			return verdict;
		};
		await step(`gate ${id}`, judge, {again: true}).catch((error: Error) => left.push(error.message));
	}
	for (const line of story()) say(line);
	if (left.length > 0) throw new Error(left.join('; '));
	say(`every gate passes; go or no-go is now the word of ${values.owners.join(' and ') || 'the owners'}`);
};

export default playbook;
