using System.CommandLine;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley bundle export RELEASE</c>, <c>halley bundle import FILE</c></summary>
sealed class BundleVerb() : Verb("bundle", "Carry a signed release with all its artefacts from one store to another.")
{
    protected override IEnumerable<Verb> Children => [new Export(), new Import()];

    sealed class Export()
        : Verb("export", "Write a release with its artefacts to one file; the same release gives the same bytes.")
    {
        readonly Argument<string> release = new("release")
        {
            Description = "For example motor-quote@2, motor-quote@latest, or motor-quote@production: the champion there.",
        };
        readonly Option<string?> result = new("--out") { Description = "File to write. Default RELEASE.halley, with - for @." };

        protected override IEnumerable<Symbol> Symbols => [release, result];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var id = await ReleaseNames.FindAsync(store, context.Get(release), context.Cancellation);
            var path = context.Get(result) ?? $"{id.Name}-{id.Version}.halley";
            using var memory = new MemoryStream();
            await ReleaseBundle.WriteAsync(store.Registry, id, memory, context.Cancellation);
            await File.WriteAllBytesAsync(path, memory.ToArray(), context.Cancellation);
            context.Output.Write(
                new { Release = id.ToString(), Path = path },
                console => console.WriteLine($"{id} written to {path}")
            );
            return ExitStatus.Passed;
        }
    }

    sealed class Import() : Verb("import", "Take in a release of another store, once its signature and artefacts are proved.")
    {
        readonly Argument<string> file = new("file") { Description = "File that 'halley bundle export' wrote." };
        readonly Option<string?> trust = new("--trust")
        {
            Description = "Public key of the other store (keys/signing.pub.pem there) to believe from now on.",
        };
        readonly Option<string?> environment = new("--to")
        {
            Description = "Make it the champion of this environment too, through its gates.",
        };
        readonly Option<bool> ifExists = new("--if-exists")
        {
            Description = "Where there is no such file, do nothing and end with 0.",
        };
        readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

        protected override IEnumerable<Symbol> Symbols => [file, trust, environment, ifExists, by];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            if (context.Get(ifExists) && !File.Exists(context.Get(file)))
                return Nothing(context, context.Get(file));
            var project = context.OpenProject();
            if (context.Get(trust) is { } path)
                project.Trust(PublicKey.FromPem(await File.ReadAllTextAsync(path, context.Cancellation), path));
            await using var store = project.OpenStore();
            await using var stream = File.OpenRead(context.Get(file));
            var (release, added) = await store.Registry.ImportAsync(
                stream,
                context.Get(file),
                CommandContext.ActorOf(context.Get(by)),
                context.Cancellation
            );
            var report = new
            {
                Release = release.Id.ToString(),
                Origin = release.Origin?.Release.Id.ToString(),
                Key = release.Origin?.Release.KeyId,
                New = added,
            };
            context.Output.Write(
                report,
                console =>
                    console.WriteLine(
                        added
                            ? $"{report.Release} is {report.Origin} of the store with key {report.Key}, signed and unmodified"
                            : $"{report.Release} has this content already"
                    )
            );
            return context.Get(environment) is { } place
                ? await PromoteAsync(context, project, store, release.Id, place)
                : ExitStatus.Passed;
        }

        static int Nothing(CommandContext context, string file)
        {
            context.Output.Write(
                new { Path = file, New = false },
                console => console.WriteLine($"there is no '{file}', and so nothing to import")
            );
            return ExitStatus.Passed;
        }

        /// <summary>Says on standard error what came of it: the import itself is the command's result.</summary>
        async Task<int> PromoteAsync(CommandContext context, Project project, LocalStore store, VersionId release, string place)
        {
            await Places.CheckAsync(project, store, place, context.Cancellation);
            if (await Promoting.IsThereAsync(store, place, release, context.Cancellation))
                return ExitStatus.Passed;
            var draft = new PromotionDraft
            {
                Environment = place,
                Release = release,
                By = CommandContext.ActorOf(context.Get(by)),
                Why = "imported from another store",
            };
            var request = await Promoting.RequestAsync(project, store, draft, (null, null), context);
            var (results, change) = await Promoting.CompleteAsync(store, request, context.Cancellation);
            foreach (var result in results.Where(result => result.Blocks))
                context.Output.Say($"{result.Gate}: {Gating.Finding(result)}");
            context.Output.Say(change is null ? $"{release} was not promoted to {place}" : $"{release} is champion in {place}");
            return change is null ? ExitStatus.CheckFailed : ExitStatus.Passed;
        }
    }
}
