namespace Halley.Glm;

/// <summary>What the solver found, in the declared columns.</summary>
sealed partial record GlmSolution
{
    internal required PreparedDesign Prepared { get; init; }

    internal GlmDesign Design => Prepared.Design;

    /// <summary>Coefficients, shape (full columns): 0 for base levels and aliased columns.</summary>
    internal required double[] Beta { get; init; }

    /// <summary>Coefficients in the internal basis, shape (full columns).</summary>
    internal required double[] InternalBeta { get; init; }

    /// <summary>Positions in the design's order, the constant first.</summary>
    internal required IReadOnlyList<ColumnState> States { get; init; }

    /// <summary>Covariance at dispersion 1, NaN where a coefficient is aliased or unbounded. Shape (order × order).</summary>
    internal required double[] UnscaledCovariance { get; init; }

    /// <summary>What stands for the matrices of all coefficients where a factor of very many levels is solved for first; null elsewhere.</summary>
    internal BorderedCovariance? Bordered { get; init; }

    /// <summary>Expected information of the active columns at dispersion 1, penalties left out, internal basis, shape (active × active).</summary>
    internal required double[] Information
    {
        get => OfMaximumLikelihood(field);
        init;
    }

    /// <summary>(Information + penalties)⁻¹, 0 in columns without information. Shape (active × active).</summary>
    internal required double[] UnscaledInverse
    {
        get => OfMaximumLikelihood(field);
        init;
    }

    /// <summary>Entry of <see cref="UnscaledInverse"/>, however it is held.</summary>
    internal Func<int, int, double> InverseAt
    {
        get
        {
            if (Bordered is not null)
                return Bordered.InverseAt;
            var (inverse, p) = (UnscaledInverse, Prepared.Active.Length);
            return (i, j) => inverse[i * p + j];
        }
    }

    /// <summary>Minus the log restricted likelihood; null without penalties.</summary>
    internal double? RestrictedScore { get; init; }

    /// <summary>Weights of the design's penalties; empty where there are none.</summary>
    internal required IReadOnlyList<double> Lambdas { get; init; }

    internal required RowSums Sums { get; init; }

    internal required double NullDeviance { get; init; }

    internal required int Iterations { get; init; }

    internal required bool Converged { get; init; }

    internal required double LastStep { get; init; }

    /// <summary>Degrees of freedom that a penalised fit used; null where the columns tell.</summary>
    internal int? EffectiveRank { get; init; }

    /// <summary>Whether there is an information matrix that says what the fit rests on.</summary>
    internal bool IsMaximumLikelihood => EffectiveRank is null;

    internal int Rank => EffectiveRank ?? States.Count(state => state != ColumnState.Aliased);

    /// <summary>Coefficients that the rows decide: the rank, less what penalties take, tr((X′WX + S)⁻¹·X′WX) over the active columns.</summary>
    internal double EffectiveDegrees => field > 0 ? field : field = Lambdas.Count == 0 ? Rank : Rank - Penalised();

    /// <summary>1 where the family fixes it.</summary>
    internal double DispersionIn(GlmProblem problem) => problem.DispersionAt(Sums, EffectiveDegrees);

    /// <summary>Diagonal of (X′WX + S)⁻¹·X′WX, shape (active).</summary>
    internal double[] DegreesOfColumns()
    {
        var p = Prepared.Active.Length;
        var degrees = new double[p];
        for (var i = 0; i < p; i++)
            degrees[i] = Kernels.Reduce.Dot(UnscaledInverse.AsSpan(i * p, p), Information.AsSpan(i * p, p));
        return degrees;
    }

    /// <summary>What a penalised fit leaves empty, because it means nothing there.</summary>
    double[] OfMaximumLikelihood(double[] values)
    {
        if (EffectiveRank is not null)
            PenaltyErrors.ThrowNoInference();
        if (Bordered is not null)
            GlmErrors.ThrowManyLevels("this", "Group the levels");
        return values;
    }

    double Penalised() => Prepared.Active.Length - DegreesOfColumns().Sum();
}
