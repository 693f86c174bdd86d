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
        readonly Argument<string> release = new("release") { Description = "For example motor-quote@2." };
        readonly Option<string?> result = new("--out") { Description = "File to write. Default RELEASE.halley, with - for @." };

        protected override IEnumerable<Symbol> Symbols => [release, result];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var id = VersionId.Parse(context.Get(release));
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
        readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

        protected override IEnumerable<Symbol> Symbols => [file, trust, by];

        protected override async Task<int> RunAsync(CommandContext context)
        {
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
            return ExitStatus.Passed;
        }
    }
}
