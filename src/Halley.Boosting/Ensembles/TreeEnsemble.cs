using Halley.Data;

namespace Halley.Boosting;

/// <summary>A sum of trees: the score is the base score plus one leaf's value from each tree. Immutable, safe to share.</summary>
/// <remarks>
/// A number goes left where it is at most the cut; a category where its level is in the node's set; a missing value where the
/// node says. A row's sum is taken in tree order from the base score on, so it does not depend on the block it stands in.
/// Ensembles of other libraries are brought into the same form: columns derived from the inputs, several outputs, and a rule from
/// their sums to the score.
/// </remarks>
public sealed partial class TreeEnsemble : IScorer
{
    /// <summary>Cuts from a root to a leaf at most.</summary>
    public const int MaximumDepth = 512;

    /// <summary>Trees of an ensemble at most.</summary>
    public const int MaximumTrees = 100_000;

    readonly ScorerInput[] inputs;

    /// <summary>Made when first scored: fits that only add trees never need it.</summary>
    readonly Lazy<CompiledTrees?> compiled;

    internal TreeEnsemble(ScorerInput[] inputs, double baseScore, TreeNodes nodes)
        : this(inputs, [], ScoreRule.SumFrom(baseScore), nodes) { }

    internal TreeEnsemble(ScorerInput[] inputs, DerivedColumn[] derived, ScoreRule rule, TreeNodes nodes)
    {
        this.inputs = inputs;
        Derived = derived;
        Rule = rule;
        Nodes = nodes;
        compiled = new(() => CompiledTrees.Of(this));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScorerInput> Inputs => inputs;

    /// <summary>The chosen output's sum before the first tree.</summary>
    public double BaseScore => Rule.Bases[Rule.Output];

    public int TreeCount => Nodes.Roots.Length;

    /// <summary>Sums that the trees add to; one of them, or their softmax, is the score.</summary>
    public int OutputCount => Rule.OutputCount;

    /// <summary>The output that is the score.</summary>
    public int ChosenOutput => Rule.Output;

    /// <summary>Nodes of all trees, leaves included.</summary>
    public int NodeCount => Nodes.All.Length;

    internal TreeNodes Nodes { get; }

    internal DerivedColumn[] Derived { get; }

    internal ScoreRule Rule { get; }

    /// <summary>Whether the first version of the format can hold it.</summary>
    internal bool IsPlain => Derived.Length == 0 && Rule.IsPlain && Nodes is { Linear: null, LeafIds: null };
}
