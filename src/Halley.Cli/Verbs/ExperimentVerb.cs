namespace Halley.Cli;

/// <summary><c>halley experiment plan | start | status | stop</c></summary>
sealed class ExperimentVerb() : Verb("experiment", "Compare releases with rules that are fixed before the first decision counts.")
{
    protected override IEnumerable<Verb> Children =>
        [new ExperimentPlanVerb(), new ExperimentStartVerb(), new ExperimentStatusVerb(), new ExperimentStopVerb()];
}
