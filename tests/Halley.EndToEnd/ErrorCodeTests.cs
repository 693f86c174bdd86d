using System.Text.RegularExpressions;

namespace Halley.EndToEnd;

/// <summary>An error code means one thing, so that a reader who looks it up finds the place that says it.</summary>
public partial class ErrorCodeTests
{
    /// <summary>Codes that two files throw for one and the same problem, which the caller meets in two places.</summary>
    static readonly Dictionary<string, string> Shared = new(StringComparer.Ordinal)
    {
        ["HLY1101"] = "years at risk below 0: in a file by row and column, in a table by its column",
        ["HLY1110"] = "a CSV file that is not UTF-8",
        ["HLY1112"] = "a column of the schema that the file, or the table, does not have",
        ["HLY1125"] = "a file that can't be opened, or breaks off while it is read",
        ["HLY1207"] = "rows with values that a model or expression refuses",
        ["HLY2231"] = "settings of a search for settings",
        ["HLY2317"] = "times that are no whole number of steps apart",
        ["HLY3464"] = "a search for candidates that can't be made",
        ["HLY5008"] = "a database of a newer version: SQLite and PostgreSQL",
        ["HLY1127"] = "a CSV file that can't be written: at once and table by table",
        ["HLY3481"] = "a table that has to be read at once: thrown in one place, caught in the other",
        ["HLY5102"] = "an artefact that is missing: in a folder and in S3",
        ["HLY5103"] = "an artefact that was modified: in a folder and in S3",
        ["HLY5108"] = "a name that the registry does not take",
        ["HLY5206"] = "changed by somebody else at the same moment: thrown in one place, caught in the other",
        ["HLY5406"] = "a head of the log that is damaged: in a folder and in S3",
        ["HLY6000"] = "settings that the server can't start with: options and environment variables",
        ["HLY6001"] = "a decision that is not live: said by the server, read by the client",
        ["HLY6004"] = "a request that can't be taken as it is: a decision's and a model's",
        ["HLY7002"] = "a folder that is not there",
    };

    static IReadOnlyDictionary<string, string[]> FilesByCode { get; } =
        Directory
            .GetFiles(Path.Combine(ProjectRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin"))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(code => (Code: code.Groups[1].Value, file)))
            .Distinct()
            .GroupBy(found => found.Code, found => Path.GetFileName(found.file))
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    [Fact]
    public void A_code_has_one_meaning()
    {
        Assert.True(FilesByCode.Count > 300, $"only {FilesByCode.Count} codes were found");
        var twice = FilesByCode
            .Where(code => code.Value.Length > 1 && !Shared.ContainsKey(code.Key))
            .Select(code => $"{code.Key}: {string.Join(", ", code.Value)}");
        Assert.Empty(twice);
    }

    [Fact]
    public void No_code_is_listed_as_shared_that_is_not() =>
        Assert.DoesNotContain(Shared.Keys, code => FilesByCode.GetValueOrDefault(code) is not { Length: > 1 });

    [GeneratedRegex("\"(HLY[0-9]{4})\"")]
    private static partial Regex Code();
}
