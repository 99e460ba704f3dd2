/*
The closing stage: makes the update for stakeholders ready to send, from what the journal says, and keeps it as evidence.
It sends nothing and decides nothing: keep or roll back is the word of people.
*/
import type {Playbook} from 'cutover-tui/playbook';

const playbook: Playbook = async ({step, attach, say, story, values}) => {
	await step(
		'the stakeholder update',
		async () => {
			const name = `stakeholder-update-${values.attempt}.txt`;
			const text = [
				`Cutover update: ${values.title}`,
				'',
				...story(),
				'',
				'The final decision, keep or roll back, follows.',
				'',
			].join('\n');
			await attach(name, text);
			for (const line of text.trimEnd().split('\n')) say(line);
			return name;
		},
		{again: true},
	);
	say(`keep or roll back is now the word of ${values.owners.join(' and ') || 'the owners'}`);
};

export default playbook;
