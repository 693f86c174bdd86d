namespace Halley.Cli;

/// <summary>Every verb, in the order in which help lists them.</summary>
static class Verbs
{
    public static IEnumerable<Verb> All() =>
        [
            new DemoVerb(),
            new InitVerb(),
            new DataVerb(),
            new FitVerb(),
            new SearchVerb(),
            new TuneVerb(),
            new ImportVerb(),
            new ExportVerb(),
            new RatingVerb(),
            new PredictVerb(),
            new ExplainVerb(),
            new EvaluateVerb(),
            new ResidualsVerb(),
            new CompareVerb(),
            new OptimiseVerb(),
            new ReportVerb(),
            new ForecastVerb(),
            new BacktestVerb(),
            new RunsVerb(),
            new TestVerb(),
            new ReleaseVerb(),
            new DiffVerb(),
            new BundleVerb(),
            new GateVerb(),
            new WaiveVerb(),
            new PackVerb(),
            new PromoteVerb(),
            new RollbackVerb(),
            new WithdrawVerb(),
            new StopVerb(isStop: true),
            new StopVerb(isStop: false),
            new LiveVerb(),
            new ReplayVerb(),
            new ServeVerb(),
            new KeyVerb(),
            new DecideVerb(),
            new BatchVerb(),
            new OutcomesVerb(),
            new ValueVerb(),
            new VerifyVerb(),
        ];
}
