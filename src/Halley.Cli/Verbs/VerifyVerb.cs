using System.CommandLine;

namespace Halley.Cli;

/// <summary><c>halley verify log</c>, <c>halley verify release RELEASE</c></summary>
sealed class VerifyVerb() : Verb("verify", "Prove the decision log whole, or a release sound.")
{
    protected override IEnumerable<Verb> Children => [new Log(), new OfRelease()];

    sealed class Log()
        : Verb("log", "Prove the log whole up to its signed heads; name the first break; say how much lies beyond.")
    {
        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var check = await context.WithProgressAsync(
                "verify",
                progress => store.VerifyLogAsync(progress, context.Cancellation)
            );
            var report = new
            {
                Whole = check.IsWhole,
                check.Proven,
                check.Beyond,
                check.Strays,
                FirstBreak = check.FirstBreak?.ToString(),
                Chains = check.Chains.Count,
            };
            context.Output.Write(
                report,
                console =>
                    console.WriteLine(
                        report.Whole
                            ? $"The log is whole: {report.Proven:N0} records in {report.Chains} chains proved by signed heads, {report.Beyond:N0} beyond the last head."
                            : $"The log is NOT whole: {report.FirstBreak ?? $"{report.Strays} records outside any chain"}. {report.Proven:N0} records were proved."
                    )
            );
            return report.Whole ? ExitStatus.Passed : ExitStatus.CheckFailed;
        }
    }

    sealed class OfRelease()
        : Verb("release", "Prove that a release's artefacts are there and unmodified, and its signature good.")
    {
        readonly Argument<string> release = new("release")
        {
            Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
        };

        protected override IEnumerable<Symbol> Symbols => [release];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var id = await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation);
            var check = await store.Registry.VerifyReleaseAsync(id, context.Cancellation);
            var sound = check.Problems.Count == 0;
            context.Output.Write(
                new
                {
                    Release = id.ToString(),
                    Sound = sound,
                    check.Problems,
                },
                console =>
                    console.WriteLine(sound ? $"{id} is sound." : $"{id} is NOT sound: {string.Join("; ", check.Problems)}")
            );
            return sound ? ExitStatus.Passed : ExitStatus.CheckFailed;
        }
    }
}
