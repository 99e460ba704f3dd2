// Imported before Ink: it paints in colours although no terminal is there.
process.env['FORCE_COLOR'] = '3';
