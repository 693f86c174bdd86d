using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Halley.Data;
using Halley.Sources;
using Halley.Sources.Generation;

namespace Halley.Cli;

/// <summary><c>halley data check | profile | generate</c></summary>
sealed class DataVerb() : Verb("data", "Check a file, profile it, or generate a synthetic motor portfolio.")
{
    protected override IEnumerable<Verb> Children => [new Check(), new Profile(), new Generate()];

    sealed class Check() : Verb("check", "Read a file by a schema, or infer one and write it out for editing.")
    {
        readonly Argument<string> file = new("file") { Description = "Table of data.yaml, or a CSV (also .gz) or Parquet file." };
        readonly Option<string?> schema = new("--schema") { Description = "Schema file (JSON) to check against." };
        readonly Option<string?> write = new("--write-schema") { Description = "Write the inferred schema here, for editing." };

        protected override IEnumerable<Symbol> Symbols => [file, schema, write];

        protected override Task<int> RunAsync(CommandContext context)
        {
            var path = context.Get(file);
            var (declared, table) = context.WithProgress(
                "check",
                progress =>
                    context.Get(schema) is { } given
                        ? ReadBy(SchemaJson.Read(File.ReadAllText(given), given), path, progress, context.Cancellation)
                    : IsTable(context, path)
                        ? FileSchema.Of(context.OpenProject().ReadTable(path, context.Cancellation, progress))
                    : FileSchema.Read(path, progress, context.Cancellation)
            );
            DataWarning[] warnings = [.. TextLooks.Of(table)];
            if (context.Get(write) is { } target)
                File.WriteAllText(target, SchemaJson.ToText(declared));
            var fields = declared.Fields.Select(field => new
            {
                field.Name,
                field.Kind,
                field.Role,
                Levels = field.Levels?.Count,
                Missing = table[field.Name].MissingCount,
            });
            context.Output.Write(
                new
                {
                    File = path,
                    Rows = table.RowCount,
                    Fields = fields,
                    Warnings = warnings,
                },
                console =>
                {
                    var drawn = Tables.New("field", "kind", "role", "levels", "missing");
                    foreach (var field in fields)
                        drawn.AddPlainRow(field.Name, $"{field.Kind}", $"{field.Role}", $"{field.Levels}", $"{field.Missing}");
                    console.Write(drawn);
                    console.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"{table.RowCount:N0} rows are as the schema says.")
                    );
                    foreach (var warning in warnings)
                        console.WriteLine($"warning {warning.Code}: {warning.Message}");
                }
            );
            return Task.FromResult(ExitStatus.Passed);
        }

        static bool IsTable(CommandContext context, string name) =>
            !File.Exists(name)
            && File.Exists(Path.Combine(context.ProjectFolder, "data.yaml"))
            && context.OpenProject().Tables.Definition.Find(name) is not null;

        static (Schema Schema, Table Table) ReadBy(
            Schema schema,
            string path,
            IProgress<FitProgress> progress,
            CancellationToken cancellation
        ) => (schema, TableReader.Read(path, schema, new() { Progress = progress }, cancellation));
    }

    sealed class Profile()
        : Verb("profile", "Counts, ranges, missing values, levels by exposure, and warnings of what leaks the target.")
    {
        readonly Argument<string> source = new("data") { Description = "Table of data.yaml, or a CSV or Parquet file." };
        readonly Option<string?> target = new("--target") { Description = "Column to be predicted: warnings of leaks need it." };

        protected override IEnumerable<Symbol> Symbols => [source, target];

        protected override Task<int> RunAsync(CommandContext context)
        {
            var name = context.Get(source);
            var project = context.OpenProject();
            var profile = context.WithProgress(
                "profile",
                progress =>
                {
                    var (schema, table) = File.Exists(name)
                        ? FileSchema.Read(name, progress.Part(0, 0.4), context.Cancellation)
                        : FileSchema.Of(project.ReadTable(name, context.Cancellation, progress.Part(0, 0.4)));
                    var options = ProfileOptions.Of(schema);
                    if (context.Get(target) is { } named)
                        options = options with { Target = named };
                    return DataProfile.Of(table, options, progress.Part(0.4, 1), context.Cancellation);
                }
            );
            context.Output.Write(
                JsonNode.Parse(profile.ToJson())!,
                console =>
                {
                    var drawn = Tables.New("column", "kind", "missing", "distinct", "from", "to", "mean");
                    foreach (var column in profile.Columns)
                    {
                        drawn.AddPlainRow(
                            column.Name,
                            $"{column.Kind}",
                            $"{column.Missing}",
                            $"{column.Distinct}",
                            column.First?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Tables.Number(column.Minimum),
                            column.Last?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Tables.Number(column.Maximum),
                            Tables.Number(column.Mean)
                        );
                    }
                    console.Write(drawn);
                    DrawLevels(console, profile);
                    console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{profile.Rows:N0} rows, {profile.RepeatedRows:N0} of them repeated: equal to an earlier row in {FeaturesOf(profile)}"
                        )
                    );
                    foreach (var warning in profile.Warnings)
                        console.WriteLine($"warning {warning.Code}: {warning.Message}");
                }
            );
            return Task.FromResult(ExitStatus.Passed);
        }

        static string FeaturesOf(DataProfile profile) =>
            string.Join(", ", profile.Columns.Where(column => column.Role == Role.Feature).Select(column => column.Name));

        /// <summary>Levels of categories and booleans, those with most exposure first; of many the first ten.</summary>
        static void DrawLevels(Spectre.Console.IAnsiConsole console, DataProfile profile)
        {
            const int Most = 10;
            string[] rates = profile.TargetTotal is null ? [] : ["target rate"];
            var drawn = Tables.New(["column", "level", "rows", "exposure", .. rates]);
            foreach (var column in profile.Columns.Where(column => column.Kind is FieldKind.Category or FieldKind.Boolean))
            {
                var levels = (column.Levels ?? []).OrderByDescending(level => level.Exposure ?? level.Rows).ToList();
                foreach (var level in levels.Take(Most))
                {
                    string[] rate = profile.TargetTotal is null ? [] : [Tables.Number(level.TargetRate)];
                    drawn.AddPlainRow([column.Name, level.Level, $"{level.Rows}", Tables.Number(level.Exposure), .. rate]);
                }
                var others = Math.Max(0, levels.Count - Most) + column.OtherLevels;
                if (others > 0)
                    drawn.AddPlainRow([column.Name, $"({others} more)", "", "", .. rates.Select(_ => "")]);
            }
            if (drawn.Rows.Count > 0)
                console.Write(drawn);
        }
    }

    sealed class Generate()
        : Verb("generate", "Generate a synthetic motor portfolio with known truth: policies, claims, quotes, monthly series.")
    {
        readonly Option<int> policies = new("--policies")
        {
            Description = "10,000 to 10,000,000. Default 100,000.",
            DefaultValueFactory = _ => 100_000,
        };
        readonly Option<ulong> seed = new("--seed")
        {
            Description = "Same seed, same data. Default 1.",
            DefaultValueFactory = _ => 1,
        };
        readonly Option<string> folder = new("--out")
        {
            Description = "Folder to write to. Default: data.",
            DefaultValueFactory = _ => "data",
        };
        readonly Option<bool> csv = new("--csv") { Description = "Write CSV in place of Parquet." };

        protected override IEnumerable<Symbol> Symbols => [policies, seed, folder, csv];

        protected override Task<int> RunAsync(CommandContext context)
        {
            var options = new PortfolioOptions { Policies = context.Get(policies), Seed = context.Get(seed) };
            var target = Path.Combine(context.ProjectFolder, context.Get(folder)!);
            var portfolio = context.WithProgress(
                "generate",
                progress =>
                {
                    var made = Portfolio.Generate(options, progress.Part(0, 0.5), context.Cancellation);
                    made.Write(target, context.Get(csv) ? ".csv" : ".parquet", progress.Part(0.5, 1), context.Cancellation);
                    return made;
                }
            );
            var report = new
            {
                Simulated = true,
                options.Policies,
                options.Seed,
                PolicyRows = portfolio.Policies.RowCount,
                Claims = portfolio.Claims.RowCount,
                Quotes = portfolio.Quotes.RowCount,
                Folder = target,
            };
            context.Output.Write(
                report,
                console =>
                    console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{report.PolicyRows:N0} policy rows, {report.Claims:N0} claims, {report.Quotes:N0} quotes (simulated) written to {target}"
                        )
                    )
            );
            return Task.FromResult(ExitStatus.Passed);
        }
    }
}
