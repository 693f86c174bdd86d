using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley key create | list | revoke</c></summary>
sealed class KeyVerb() : Verb("key", "Keys that open a server which was started with --require-keys.")
{
    protected override IEnumerable<Verb> Children => [new Create(), new List(), new Revoke()];

    sealed class Create() : Verb("create", "Make a key; its text is shown once and kept nowhere.")
    {
        readonly Argument<string> name = new("name") { Description = "Whose key it is: a person or an application." };
        readonly Option<string[]> role = new("--role")
        {
            Description = "viewer, modeller, approver, operator or caller; several may be given.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        readonly Option<string?> environment = new("--in") { Description = "The only environment it opens. Default: every one." };
        readonly Option<string?> until = new("--until") { Description = "Last day on which it opens, for example 2026-12-31." };
        readonly Option<string?> by = new("--by") { Description = "Who makes it. Default: this machine's user." };

        protected override IEnumerable<Symbol> Symbols => [name, role, environment, until, by];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            await using var store = project.OpenStore();
            if (context.Get(environment) is { } place)
                await Places.CheckAsync(project, store, place, context.Cancellation);
            var (key, text) = await store.Registry.CreateKeyAsync(
                context.Get(name),
                [.. context.Get(role)!.Select(Role)],
                context.Get(environment),
                context.Get(until) is { } day ? Dates.EndOf(Dates.Day("--until", day)) : null,
                CommandContext.ActorOf(context.Get(by)),
                context.Cancellation
            );
            context.Output.Write(
                new
                {
                    key.Id,
                    key.Name,
                    key.Roles,
                    Key = text,
                },
                console =>
                {
                    console.WriteLine(text);
                    context.Output.Say($"key {key.Id} of {key.Name}; this is the only time that it is shown");
                }
            );
            return ExitStatus.Passed;
        }

        static AccessRole Role(string text) =>
            AccessRoles.Find(text)
            ?? throw new HalleyException(
                "HLY7125",
                $"--role {text} is no role.{NearestText.Hint(text, AccessRoles.All)} There are {string.Join(", ", AccessRoles.All)}."
            );
    }

    sealed class List() : Verb("list", "Every key, its roles and its end.")
    {
        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var rows = (await store.Registry.KeysAsync(context.Cancellation))
                .Select(one => new
                {
                    one.Key.Id,
                    one.Key.Name,
                    Roles = one.Key.Roles.Select(AccessRoles.NameOf),
                    one.Key.Environment,
                    one.Key.Until,
                    Revoked = one.Revoked?.At,
                })
                .ToList();
            context.Output.Write(
                rows,
                console =>
                {
                    var table = Tables.New("id", "name", "roles", "environment", "until", "revoked");
                    foreach (var row in rows)
                        table.AddPlainRow(
                            row.Id,
                            row.Name,
                            string.Join(", ", row.Roles),
                            row.Environment ?? "every",
                            Day(row.Until),
                            Day(row.Revoked)
                        );
                    console.Write(table);
                }
            );
            return ExitStatus.Passed;
        }

        static string Day(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–";
    }

    sealed class Revoke() : Verb("revoke", "End a key, for ever; servers know within seconds.")
    {
        readonly Argument<string> id = new("id") { Description = "Id of the key, as 'halley key list' shows it." };
        readonly Option<string> why = new("--why") { Description = "Why.", Required = true };
        readonly Option<string?> by = new("--by") { Description = "Who. Default: this machine's user." };

        protected override IEnumerable<Symbol> Symbols => [id, why, by];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var actor = CommandContext.ActorOf(context.Get(by));
            await store.Registry.RevokeKeyAsync(context.Get(id), actor, context.Get(why)!, context.Cancellation);
            context.Output.Write(
                new { Revoked = context.Get(id) },
                console => console.WriteLine($"key {context.Get(id)} opens nothing any more")
            );
            return ExitStatus.Passed;
        }
    }
}
