using Halley.Bench;

return BenchCommand.Run(args);
