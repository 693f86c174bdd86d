using Halley.Models;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Models of one target on one table: a champion, and its challenger where there is one.</summary>
/// <param name="Champion">The GLM, else the first by name.</param>
sealed record ModelPair(ModelFile Champion, ModelFile? Challenger)
{
    /// <summary>What the two predict, in words: the champion's name without its learner's.</summary>
    public string Target { get; } = Words(Champion.Spec.Name);

    public IEnumerable<ModelFile> Models => Challenger is null ? [Champion] : [Champion, Challenger];

    public static IReadOnlyList<ModelPair> Of(Project project) =>
        [
            .. project
                .ModelFiles()
                .Select(SpecFiles.Model.Read)
                .GroupBy(file => (file.Data, file.Spec.Target))
                .Select(group => group.OrderByDescending(file => file.Spec.Learner is GlmLearner).ToList())
                .Select(files => new ModelPair(files[0], files.ElementAtOrDefault(1))),
        ];

    static string Words(string model) =>
        (model.EndsWith("-glm", StringComparison.Ordinal) ? model[..^4] : model).Replace('-', ' ').Replace('_', ' ');
}
