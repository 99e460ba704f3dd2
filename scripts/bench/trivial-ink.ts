/** The least program that Ink can be: 40 rows, one of them marked, which the arrows move, and a clock. What a key or a second costs there is Ink's. */
import {Box, render, Text, useInput} from 'ink';
import {createElement as h, useEffect, useState} from 'react';

const rows = 40;

const List = () => {
	const [marked, mark] = useState(0);
	const [seconds, count] = useState(0);
	useEffect(() => {
		const timer = setInterval(() => count(at => at + 1), 1000);
		return () => clearInterval(timer);
	}, []);
	useInput((_, key) => mark(at => (key.downArrow ? at + 1 : key.upArrow ? at - 1 : at)));
	return h(
		Box,
		{flexDirection: 'column'},
		h(Text, null, `${seconds} s`),
		Array.from({length: rows - 2}, (_, row) =>
			h(Text, {key: row}, `${row === marked ? '>' : ' '} NEXT row ${row} ${'·'.repeat(100)}`),
		),
	);
};

process.stdout.write('\u001b[?1049h');
render(h(List), {exitOnCtrlC: true, maxFps: 60});
