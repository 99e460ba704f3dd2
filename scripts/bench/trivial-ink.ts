/** The least program that Ink can be: 40 rows, one of them marked, which the arrows move. What a key costs there is Ink's. */
import {Box, render, Text, useInput} from 'ink';
import {createElement as h, useState} from 'react';

const rows = 40;

const List = () => {
	const [marked, mark] = useState(0);
	useInput((_, key) => mark(at => (key.downArrow ? at + 1 : key.upArrow ? at - 1 : at)));
	return h(
		Box,
		{flexDirection: 'column'},
		Array.from({length: rows - 1}, (_, row) =>
			h(Text, {key: row}, `${row === marked ? '>' : ' '} NEXT row ${row} ${'·'.repeat(100)}`),
		),
	);
};

process.stdout.write('\u001b[?1049h');
render(h(List), {exitOnCtrlC: true, maxFps: 60});
