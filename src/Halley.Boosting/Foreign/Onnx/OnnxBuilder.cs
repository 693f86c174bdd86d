namespace Halley.Boosting;

/// <summary>Makes the ensemble that an ONNX graph stands for.</summary>
static class OnnxBuilder
{
    const long MostNodes = 20_000_000;

    internal static TreeEnsemble Build(OnnxScores scores, IReadOnlyList<ForeignFeature> features, ForeignOptions options)
    {
        var (assembler, columns) = Start(features, options);
        // Of two classes whose scores are not set against one another, one score is enough.
        var alone = scores
            is { Chosen: { } chosen, Link.Transform: not (ScoreTransform.ClassLogit or ScoreTransform.NonzeroShare) }
            ? chosen
            : (int?)null;
        var count = options.Iterations ?? scores.Trees.Count;
        var nodes = 0L;
        foreach (var tree in scores.Trees.Take(count))
        {
            foreach (var output in OutputsOf(tree, scores, alone))
            {
                if ((nodes += tree.Nodes.Length) > MostNodes)
                    throw ForeignErrors.Unsupported("trees", $"there are more than {MostNodes} nodes.", "Fit a smaller model.");
                var own = Array.ConvertAll(tree.Nodes, node => NodeOf(node, output, scores, assembler, columns, tree.Place));
                assembler.Add(own, tree.Root, alone is null ? output : 0, tree.Place);
            }
        }
        var biases = options.WithoutBase ? new double[scores.Outputs] : scores.Biases;
        var outputs = alone is null ? scores.Outputs : 1;
        return assembler.Build(
            ForeignInputs.RuleOf(new double[outputs], options, scores.Link) with
            {
                Biases = alone is { } only ? [biases[only]] : biases,
                SingleSums = scores.IsSingle,
                Aggregate = scores.Aggregate,
                Divisor = scores.Divisor,
                Output = alone is null ? scores.Chosen ?? options.Output : 0,
            }
        );
    }

    internal static TreeEnsemble Build(OnnxLinearScores scores, IReadOnlyList<ForeignFeature> features, ForeignOptions options)
    {
        var (assembler, columns) = Start(features, options);
        var linear = scores.Columns.Select(OnnxLinear.Of).ToList();
        for (var output = 0; output < linear.Count; output++)
        {
            var leaf = ForeignNode.Leaf(0, 0);
            leaf.Linear = new(
                linear[output].Constant,
                [.. linear[output].Sources.Select(source => source.ColumnIn(assembler, columns))],
                [.. linear[output].Factors]
            );
            if (!double.IsFinite(leaf.Linear.Constant) || !Array.TrueForAll(leaf.Linear.Coefficients, double.IsFinite))
                ForeignErrors.Malformed($"output {output}", $"a coefficient of its linear model is not finite.");
            assembler.Add([leaf], 0, output, $"output {output}");
        }
        return assembler.Build(
            ForeignInputs.RuleOf(new double[linear.Count], options, scores.Link) with
            {
                Output = scores.Chosen ?? options.Output,
            }
        );
    }

    static (EnsembleAssembler, Dictionary<OnnxScalar, int>) Start(IReadOnlyList<ForeignFeature> features, ForeignOptions options)
    {
        var assembler = new EnsembleAssembler("the model") { LinearMissing = MissingTerm.Result };
        ForeignInputs.Add(assembler, features, options);
        return (assembler, []);
    }

    /// <summary>The outputs that a tree adds to; it is kept once for each.</summary>
    static IEnumerable<int> OutputsOf(OnnxTree tree, OnnxScores scores, int? alone)
    {
        var leaves = tree.Nodes.Select(node => node.Weights).OfType<SortedDictionary<int, double>>().ToList();
        var outputs = leaves.SelectMany(leaf => leaf.Keys).Distinct().Order().ToList();
        if (scores.Aggregate != TreeAggregate.Sum && leaves.Exists(leaf => leaf.Count != outputs.Count))
            throw ForeignErrors.Unsupported(
                tree.Place,
                $"some of its leaves hold no value for an output whose {scores.Aggregate.ToString().ToLowerInvariant()} is taken.",
                "Export it with a value in each leaf."
            );
        if (alone is { } only)
            return [only];
        // A tree without weights still has leaves.
        return outputs.Count == 0 ? [0] : outputs;
    }

    static ForeignNode NodeOf(
        OnnxTreeNode node,
        int output,
        OnnxScores scores,
        EnsembleAssembler assembler,
        Dictionary<OnnxScalar, int> columns,
        string place
    )
    {
        if (node.Weights is { } weights)
        {
            var value = weights.GetValueOrDefault(output);
            return ForeignNode.Leaf(scores.IsSingle ? (float)value : value, node.Id);
        }
        var source = node.Column!;
        if (double.IsNaN(node.Value) && node.Mode != OnnxBranch.Member)
            ForeignErrors.Malformed($"{place}, node {node.Id}", $"its threshold is NaN.");
        var trueIsLeft = node.Mode is OnnxBranch.AtMost or OnnxBranch.Below or OnnxBranch.NotEqual;
        var missingIsTrue = node.MissingIsTrue || node.Mode == OnnxBranch.NotEqual;
        return new()
        {
            Column = node.Mode is OnnxBranch.Equal or OnnxBranch.NotEqual or OnnxBranch.Member
                ? assembler.ColumnOf(MembersOf(node, source.ColumnIn(assembler, columns)))
                : source.ColumnIn(assembler, columns),
            Value = node.Mode switch
            {
                OnnxBranch.AtMost or OnnxBranch.Above => UpTo(node.Value, node.ColumnIsSingle),
                OnnxBranch.Below or OnnxBranch.AtLeast => Below(node.Value, node.ColumnIsSingle, $"{place}, node {node.Id}"),
                _ => 0.5,
            },
            Left = trueIsLeft ? node.True : node.False,
            Right = trueIsLeft ? node.False : node.True,
            MissingLeft = trueIsLeft == missingIsTrue,
            LeafId = node.Id,
        };
    }

    /// <summary>1 for the members, 0 for other numbers, missing for missing.</summary>
    static MapColumn MembersOf(OnnxTreeNode node, int source)
    {
        var members = node.Mode == OnnxBranch.Member ? node.Members : [node.Value];
        double[] keys = [.. members.Where(member => !double.IsNaN(member)).Distinct().Order()];
        var ones = new double[keys.Length];
        Array.Fill(ones, 1);
        return new(source, keys, ones, 0, double.NaN, node.ColumnIsSingle);
    }

    /// <summary>The largest x that is at most <paramref name="value"/> once it is a float, where it becomes one.</summary>
    static double UpTo(double value, bool single)
    {
        if (!single || double.IsPositiveInfinity(value))
            return value;
        var last = (float)value;
        last = last > value ? MathF.BitDecrement(last) : last;
        return float.IsFinite(last) ? SingleCuts.UpTo(last) : SingleCuts.Below(float.MinValue);
    }

    static double Below(double value, bool single, string place)
    {
        if (double.IsNegativeInfinity(value))
            ForeignErrors.Malformed(place, $"nothing is below its threshold, −∞.");
        if (!single)
            return Math.BitDecrement(value);
        var cut = (float)value;
        return cut < value ? UpTo(cut, true)
            : float.IsFinite(cut) ? SingleCuts.Below(cut)
            : SingleCuts.UpTo(float.MaxValue);
    }
}
