using System.Globalization;
using System.Text;
using Halley.Data;
using Halley.Models;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Drafts a <c>data.yaml</c> from the data files of a folder, for the user to correct.</summary>
static class DataDraft
{
    static readonly string[] Endings = [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet"];
    static readonly string[] Known = ["policies", "claims", "quotes"];

    /// <summary>Writes the draft and returns what the user is told.</summary>
    /// <exception cref="HalleyException">HLY7035: the folder holds no data file.</exception>
    public static HalleyException Write(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new HalleyException("HLY7002", $"there is no folder '{folder}'. Check the path.");
        var files = Directory
            .GetFiles(folder)
            .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (files.Count == 0)
            throw new HalleyException(
                "HLY7035",
                $"'{folder}' holds neither a data.yaml nor a data file ({string.Join(", ", Endings)}). Put one there, or name another folder."
            );
        var text = new StringBuilder(
            "# A draft from the columns found. Correct it, then run the same command again.\n"
                + "# rename: { file's name: name that the models use }   kinds: { column: category }   roles: { column: exposure }\n"
        );
        // The models' own names, so that columns of the same name in another spelling are matched.
        var needs = Needs(folder);
        text.Append("# The models read these columns:\n");
        foreach (var (table, columns) in needs)
            text.Append(CultureInfo.InvariantCulture, $"#   {table}: {string.Join(", ", columns)}\n");
        text.Append("tables:\n");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
            Append(text, file, UniqueName(file, names), needs, cancellation);
        var path = Path.Combine(folder, "data.yaml");
        File.WriteAllText(path, text.ToString());
        return new(
            "HLY7034",
            $"there was no '{path}'. A draft from {files.Count} file{(files.Count == 1 ? "" : "s")} has been written there: "
                + "check names, kinds and roles, then run the same command again."
        );
    }

    static void Append(
        StringBuilder text,
        string file,
        string name,
        IReadOnlyDictionary<string, IReadOnlyList<string>> needs,
        CancellationToken cancellation
    )
    {
        var schema = TableReader.Infer(file, cancellation: cancellation).Schema;
        text.Append(CultureInfo.InvariantCulture, $"  {name}:\n    file: {Yaml.Quoted(Path.GetFileName(file))}\n");
        var wanted = needs.GetValueOrDefault(name, []);
        var renamed = schema
            .Fields.Select(field =>
                (field.Name, To: wanted.FirstOrDefault(want => want != field.Name && Plain(want) == Plain(field.Name)))
            )
            .Where(pair => pair.To is not null && schema.Find(pair.To) is null)
            .ToDictionary(pair => pair.Name, pair => pair.To!, StringComparer.Ordinal);
        if (renamed.Count > 0)
            text.Append(
                CultureInfo.InvariantCulture,
                $"    rename: {{ {string.Join(", ", renamed.Select(pair => $"{Yaml.Quoted(pair.Key)}: {Yaml.Quoted(pair.Value)}"))} }}\n"
            );
        var roles = schema
            .Fields.Where(field => field.Role is Role.Exposure or Role.Id or Role.Split or Role.Date)
            .Select(field =>
                $"{Yaml.Quoted(renamed.GetValueOrDefault(field.Name, field.Name))}: {field.Role.ToString().ToLowerInvariant()}"
            )
            .ToList();
        if (roles.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"    roles: {{ {string.Join(", ", roles)} }}\n");
        text.Append("    # columns found:\n");
        foreach (var field in schema.Fields)
            text.Append(CultureInfo.InvariantCulture, $"    #   {field.Name}: {Describe(field)}\n");
    }

    static string Describe(Field field) =>
        field.Levels is null
            ? field.Kind.ToString().ToLowerInvariant()
            : $"category, {field.Levels.Count} levels ({string.Join(", ", field.Levels.Levels.Take(5))}{(field.Levels.Count > 5 ? ", …" : "")})";

    /// <summary>Columns that the folder's own models, else the sample's, read: by table.</summary>
    static Dictionary<string, IReadOnlyList<string>> Needs(string folder)
    {
        var models = Path.Combine(folder, "models");
        IEnumerable<ModelFile> files;
        if (Directory.Exists(models))
        {
            files = [.. Directory.GetFiles(models, "*.yaml").Select(SpecFiles.Model.Read)];
        }
        else
        {
            using var sample = new SampleProject.Copy();
            files = [.. Directory.GetFiles(Path.Combine(sample.Folder, "models"), "*.yaml").Select(SpecFiles.Model.Read)];
        }
        return files
            .GroupBy(file => file.Data)
            .ToDictionary(
                group => group.Key,
                group =>
                    (IReadOnlyList<string>)
                        [.. group.SelectMany(file => ModelFitter.ColumnsOf(file.Spec)).Distinct().Order(StringComparer.Ordinal)]
            );
    }

    static string UniqueName(string file, HashSet<string> taken)
    {
        var stem = Path.GetFileName(file).Split('.')[0];
        var name =
            Known.FirstOrDefault(known => Plain(stem).Contains(known[..^(known == "policies" ? 3 : 1)], StringComparison.Ordinal))
            ?? Identifier(stem);
        var unique = name;
        for (var i = 2; !taken.Add(unique); i++)
            unique = $"{name}_{i}";
        return unique;
    }

    static string Identifier(string stem)
    {
        var letters = string.Concat(stem.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return letters.Length > 0 && char.IsAsciiLetter(letters[0]) ? letters : "t_" + letters;
    }

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
