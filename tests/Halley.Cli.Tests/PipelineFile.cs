using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Halley.Cli.Tests;

/// <summary>The steps of a pipeline that <c>halley init</c> writes, as its file holds them.</summary>
static partial class PipelineFile
{
    /// <summary>Commands of each job of a workflow of GitHub, in their order.</summary>
    public static Dictionary<string, List<string>> GitHub(string path)
    {
        var jobs = (YamlMappingNode)Read(path).Children[new YamlScalarNode("jobs")];
        return jobs.Children.ToDictionary(
            job => Text(job.Key),
            job =>
                ((YamlSequenceNode)((YamlMappingNode)job.Value)["steps"])
                    .Children.Cast<YamlMappingNode>()
                    .Where(step => step.Children.ContainsKey("run"))
                    .Select(step => Text(step["run"]))
                    .ToList()
        );
    }

    /// <summary>Commands of each job of a pipeline of GitLab, in their order.</summary>
    public static Dictionary<string, List<string>> GitLab(string path) =>
        Read(path)
            .Children.Where(job => job.Value is YamlMappingNode keys && keys.Children.ContainsKey("script"))
            .ToDictionary(
                job => Text(job.Key),
                job => ((YamlSequenceNode)((YamlMappingNode)job.Value)["script"]).Children.Select(Text).ToList()
            );

    public static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(path)));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>A command as a shell splits it: quotes, and variables within them.</summary>
    public static string[] Words(string command, IReadOnlyDictionary<string, string> variables)
    {
        var (words, word, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in command + " ")
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter != ' ' || quoted)
                word.Append(letter);
            else if (word.Length > 0)
            {
                words.Add(Variable().Replace(word.ToString(), match => variables[match.Groups[1].Value]));
                word.Clear();
            }
        }
        Assert.False(quoted, command);
        return [.. words];
    }

    static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex(@"\$([A-Z_]+)")]
    private static partial Regex Variable();
}
