using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Those coefficients of a least-squares problem that may move, and their optimum while the others stay at zero.</summary>
/// <remarks>
/// min ½θ′Gθ − c′θ + ½Σ ridgeⱼθⱼ² + Σ l1ⱼ|θⱼ|, lower ≤ θ ≤ upper. An active-set method: the equations of the coefficients that are free
/// are solved exactly, by a Cholesky factor that follows them; those that cross zero or a bound stop there; then each of the others that
/// wants to leave zero takes the step that coordinate descent takes. Source of the equations: Osborne, Presnell and Turlach (2000), IMA
/// J. Numer. Anal. 20(3), 389–403.
/// </remarks>
sealed class WorkingSet
{
    readonly LeastSquares squares;
    readonly GrowingCholesky factor = new();

    /// <summary>Members in the order of the factor.</summary>
    readonly List<int> free = [];
    readonly int[] placeOf;
    double[] gram;
    int room;
    int[] columns = [];
    double[] theta = [];
    double[] slope = [];
    bool[] isFree = [];
    bool[] isExplained = [];
    QuadraticPenalty penalty;
    double[] ridge;
    double[] factorRidge;
    bool isExact = true;

    /// <summary>Slopes below this are rounding.</summary>
    readonly double smallest;

    internal WorkingSet(LeastSquares squares, double smallest)
    {
        (this.squares, this.smallest) = (squares, smallest);
        (gram, room) = squares.WholeGram is { } whole ? (whole, squares.Count) : ([], 0);
        placeOf = new int[squares.Count];
        Array.Fill(placeOf, -1);
        penalty = new(squares.Count);
        ridge = new double[squares.Count];
        factorRidge = ridge;
    }

    internal int Count { get; private set; }

    /// <summary>√(Δ′GΔ) of the last step that solved the equations.</summary>
    internal double LastLength { get; private set; }

    internal bool Has(int column) => placeOf[column] >= 0;

    /// <summary>Coefficients that are free and explained by no others.</summary>
    internal int FreeCount => factor.Count;

    internal void SetPenalty(QuadraticPenalty next, double[] nextRidge)
    {
        (penalty, ridge) = (next, nextRidge);
        var (isNear, isSame) = (true, true);
        foreach (var w in free)
        {
            var (old, now) = (factorRidge[columns[w]], ridge[columns[w]]);
            isSame &= old == now;
            isNear &= old == now || (now > 0.4 * old && now < 2.5 * old);
        }
        // A factor with another ridge still leads to the optimum, in some steps more; far off it would take many.
        if (!isNear)
            ClearFactor();
        isExact = isSame || !isNear;
        if (isExact)
            factorRidge = ridge;
    }

    /// <summary>Adds columns, at zero.</summary>
    /// <param name="slopes">Of half the squares, shape (all columns).</param>
    internal void Add(IReadOnlyList<int> added, ReadOnlySpan<double> slopes)
    {
        Reserve(Count + added.Count);
        var first = Count;
        foreach (var column in added)
        {
            (columns[Count], placeOf[column]) = (column, Count);
            (theta[Count], slope[Count]) = (0, slopes[column]);
            Count++;
        }
        if (squares.WholeGram is null)
            squares.FillGram(columns.AsSpan(0, Count).ToArray(), first, gram, room);
    }

    /// <summary>Coefficients to those of all columns, the others 0.</summary>
    internal void CopyTo(double[] beta)
    {
        Array.Clear(beta);
        for (var w = 0; w < Count; w++)
            beta[columns[w]] = theta[w];
    }

    /// <summary>Coefficients found elsewhere, 0 where no member is.</summary>
    internal void Set(double[] beta)
    {
        for (var w = 0; w < Count; w++)
            theta[w] = beta[columns[w]];
        ClearFactor();
    }

    /// <summary>Takes slopes that were summed anew.</summary>
    internal void SetSlopes(ReadOnlySpan<double> slopes)
    {
        for (var w = 0; w < Count; w++)
            slope[w] = slopes[columns[w]];
    }

    /// <summary>Goes to the optimum of the members. Says how many times equations were solved.</summary>
    internal int Solve(int limit)
    {
        MatchFactor();
        var arrivals = 0;
        for (var steps = 0; steps < limit; steps++)
        {
            var (moved, stopped) = Move();
            // Others enter once nothing stops the free ones: before, they may enter on the wrong side.
            if (stopped)
                continue;
            var entered = Enter();
            arrivals = entered ? 0 : arrivals + 1;
            // A second solution takes off what rounding left of the first, a third one nothing.
            if (!entered && (!moved || arrivals > 2))
                return steps;
        }
        return limit;
    }

    /// <summary>Whether a member is further from its optimum than rounding explains.</summary>
    internal bool IsViolated()
    {
        for (var w = 0; w < Count; w++)
        {
            var violation = penalty.Violation(columns[w], theta[w], SlopeAt(w));
            if (!isExplained[w] && gram[w * room + w] > 0 && violation > 10 * Tolerance(w))
                return true;
        }
        return false;
    }

    /// <summary>Trace of the smoother.</summary>
    internal double EffectiveParameters()
    {
        MatchFactor();
        var n = free.Count;
        if (!free.Exists(w => ridge[columns[w]] > 0))
            return n;
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
                matrix[i * n + k] = gram[free[i] * room + free[k]] + (i == k ? ridge[columns[free[i]]] : 0);
        }
        var inverse = PivotedCholesky.Factor(matrix, n, 1e-13).Inverse();
        var trace = (double)n;
        for (var i = 0; i < n; i++)
            trace -= ridge[columns[free[i]]] * inverse[i * n + i];
        return trace;
    }

    /// <summary>Solves the equations of the free members and goes there, or as far as signs and bounds let it. Says whether there was need, and a stop.</summary>
    (bool Moved, bool Stopped) Move()
    {
        var rest = new double[free.Count];
        for (var i = 0; i < rest.Length; i++)
            rest[i] = -UphillAt(free[i]);
        if (IsSettled(rest))
            return (false, false);
        var (step, bend) = (new double[rest.Length], new double[Count]);
        Conjugate(rest, step, bend);
        LastLength = Math.Sqrt(Math.Max(0, DotFree(step, bend)));
        return (true, Go(step, bend));
    }

    /// <summary>Conjugate gradients with the factor as preconditioner: one step where the factor is that of the equations.</summary>
    /// <param name="rest">What the equations still lack, used up.</param>
    /// <param name="step">Solution, shape (free).</param>
    /// <param name="bend">G·step, shape (members).</param>
    void Conjugate(double[] rest, double[] step, double[] bend)
    {
        var (toward, direction, bent) = (new double[rest.Length], new double[rest.Length], new double[Count]);
        var before = 1.0;
        for (var round = 0; round < 60; round++)
        {
            rest.CopyTo(toward.AsSpan());
            factor.Solve(toward);
            var now = Reduce.Dot(rest, toward);
            for (var i = 0; i < direction.Length; i++)
                direction[i] = toward[i] + (round == 0 ? 0 : now / before * direction[i]);
            Bend(direction, bent);
            var curvature = DotFree(direction, bent);
            for (var i = 0; i < direction.Length; i++)
                curvature += ridge[columns[free[i]]] * direction[i] * direction[i];
            if (!(curvature > 0))
                return;
            var length = now / curvature;
            Reduce.AddScaled(length, direction, step);
            Reduce.AddScaled(length, bent, bend);
            for (var i = 0; i < rest.Length; i++)
                rest[i] -= length * (bent[free[i]] + ridge[columns[free[i]]] * direction[i]);
            if (isExact || IsSettled(rest))
                return;
            before = now;
        }
    }

    bool IsSettled(double[] rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (Math.Abs(rest[i]) > Tolerance(free[i]))
                return false;
        }
        return true;
    }

    /// <summary>Takes a step of the free members, those that cross zero or a bound stopped there, if that is better than to stop all at the first. Says whether there was a stop.</summary>
    bool Go(double[] step, double[] bend)
    {
        var (room, stopped) = (1.0, new List<int>());
        for (var i = 0; i < step.Length; i++)
        {
            var own = penalty.RoomAlong(columns[free[i]], theta[free[i]], step[i]);
            if (own >= 1)
                continue;
            room = Math.Min(room, own);
            stopped.Add(i);
        }
        if (stopped.Count > 0)
        {
            var (cut, cutBend) = Cut(step, bend, stopped);
            var (scaled, scaledBend) = (
                Array.ConvertAll(step, value => room * value),
                Array.ConvertAll(bend, value => room * value)
            );
            (step, bend) = Gain(cut, cutBend) >= Gain(scaled, scaledBend) ? (cut, cutBend) : (scaled, scaledBend);
        }
        var before = Array.ConvertAll([.. free], w => theta[w]);
        for (var i = 0; i < step.Length; i++)
            theta[free[i]] += step[i];
        foreach (var i in stopped)
        {
            // One that has come to its stop, but for rounding, is there.
            var (w, direction) = (free[i], Math.Sign(step[i]));
            var stop = direction == 0 ? before[i] : penalty.StopOf(columns[w], direction, before[i]);
            if (Math.Abs(theta[w] - stop) <= 1e-14 * Math.Abs(before[i]))
                theta[w] = stop;
        }
        Reduce.AddScaled(1, bend, slope.AsSpan(0, Count));
        for (var i = stopped.Count - 1; i >= 0; i--)
        {
            if (!MayMove(free[stopped[i]]))
                Leave(stopped[i]);
        }
        return stopped.Count > 0;
    }

    (double[] Step, double[] Bend) Cut(double[] step, double[] bend, List<int> stopped)
    {
        var (cut, cutBend) = ((double[])step.Clone(), (double[])bend.Clone());
        foreach (var i in stopped)
        {
            var w = free[i];
            cut[i] = penalty.StopOf(columns[w], step[i], theta[w]) - theta[w];
            Reduce.AddScaled(cut[i] - step[i], Row(w), cutBend);
        }
        return (cut, cutBend);
    }

    /// <summary>By how much the objective falls.</summary>
    double Gain(double[] step, double[] bend)
    {
        var change = 0.5 * DotFree(step, bend);
        for (var i = 0; i < step.Length; i++)
        {
            var (w, j) = (free[i], columns[free[i]]);
            change += step[i] * (slope[w] + ridge[j] * (theta[w] + 0.5 * step[i]));
            change += penalty.L1[j] * (Math.Abs(theta[w] + step[i]) - Math.Abs(theta[w]));
        }
        return -change;
    }

    /// <summary>A coordinate's own step for each member that stands where it should not. Says whether there was one.</summary>
    bool Enter()
    {
        var entered = false;
        for (var w = 0; w < Count; w++)
        {
            var (j, curvature) = (columns[w], gram[w * room + w]);
            if (isFree[w] || !(curvature > 0) || penalty.Violation(j, theta[w], SlopeAt(w)) <= Tolerance(w))
                continue;
            var target = penalty.Minimise(j, curvature + ridge[j], curvature * theta[w] - slope[w]);
            var change = target - theta[w];
            if (change == 0)
                continue;
            Reduce.AddScaled(change, Row(w), slope.AsSpan(0, Count));
            theta[w] = target;
            entered = true;
            if (!MayMove(w))
                continue;
            Join(w);
            if (isExplained[w])
                Slide(w, Math.Sign(change));
        }
        return entered;
    }

    /// <summary>Moves a member that the free ones explain, and them against it, until one stops: on that way the squares hardly change.</summary>
    void Slide(int w, double direction)
    {
        var step = new double[free.Count];
        for (var i = 0; i < step.Length; i++)
            step[i] = -direction * gram[w * room + free[i]];
        factor.Solve(step);
        var bend = new double[Count];
        Bend(step, bend);
        Reduce.AddScaled(direction, Row(w), bend);
        var (along, curvature) = (direction * UphillAt(w), direction * bend[w] + ridge[columns[w]]);
        var (length, stopped) = (penalty.RoomAlong(columns[w], theta[w], direction), -1);
        for (var i = 0; i < step.Length; i++)
        {
            var j = columns[free[i]];
            along += step[i] * UphillAt(free[i]);
            curvature += step[i] * (bend[free[i]] + ridge[j] * step[i]);
            var own = penalty.RoomAlong(j, theta[free[i]], step[i]);
            if (own < length)
                (length, stopped) = (own, i);
        }
        if (curvature > 0 && -along / curvature < length)
            (length, stopped) = (-along / curvature, -1);
        if (!(along < 0) || !double.IsFinite(length))
            return;
        theta[w] += length * direction;
        var stop = stopped < 0 ? 0 : penalty.StopOf(columns[free[stopped]], step[stopped], theta[free[stopped]]);
        for (var i = 0; i < step.Length; i++)
            theta[free[i]] = i == stopped ? stop : theta[free[i]] + length * step[i];
        Reduce.AddScaled(length, bend, slope.AsSpan(0, Count));
        if (stopped >= 0)
            Leave(stopped);
    }

    /// <summary>Brings the factor to the members that are free under the penalty.</summary>
    void MatchFactor()
    {
        for (var i = free.Count - 1; i >= 0; i--)
        {
            if (!MayMove(free[i]))
                Leave(i);
        }
        for (var w = 0; w < Count; w++)
        {
            if (!isFree[w] && MayMove(w))
                Join(w);
        }
    }

    /// <summary>Whether a member is off zero, if that is a corner, and off its bounds.</summary>
    bool MayMove(int w)
    {
        var j = columns[w];
        return gram[w * room + w] > 0
            && theta[w] > penalty.Lower[j]
            && theta[w] < penalty.Upper[j]
            && (penalty.L1[j] == 0 || theta[w] != 0);
    }

    void Join(int w)
    {
        if (isExplained[w])
            return;
        if (free.Count == 0)
            (factorRidge, isExact) = (ridge, true);
        var row = new double[free.Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = gram[w * room + free[i]];
        isFree[w] = factor.TryAdd(row, gram[w * room + w] + factorRidge[columns[w]]);
        isExplained[w] = !isFree[w];
        if (isFree[w])
            free.Add(w);
    }

    void Leave(int place)
    {
        isFree[free[place]] = false;
        factor.RemoveAt(place);
        free.RemoveAt(place);
        Array.Clear(isExplained);
    }

    void ClearFactor()
    {
        factor.Clear();
        free.Clear();
        Array.Clear(isFree);
        Array.Clear(isExplained);
    }

    /// <summary>bent ← G·direction.</summary>
    void Bend(double[] direction, double[] bent)
    {
        Array.Clear(bent);
        var i = 0;
        for (; i <= direction.Length - 4; i += 4)
            Panel.AddScaled(direction.AsSpan(i, 4), Row(free[i]), Row(free[i + 1]), Row(free[i + 2]), Row(free[i + 3]), bent);
        for (; i < direction.Length; i++)
            Reduce.AddScaled(direction[i], Row(free[i]), bent);
    }

    double DotFree(double[] step, double[] bend)
    {
        var sum = 0.0;
        for (var i = 0; i < step.Length; i++)
            sum += step[i] * bend[free[i]];
        return sum;
    }

    ReadOnlySpan<double> Row(int w) => gram.AsSpan(w * room, Count);

    double SlopeAt(int w) => slope[w] + ridge[columns[w]] * theta[w];

    double UphillAt(int w) => SlopeAt(w) + penalty.L1[columns[w]] * Math.Sign(theta[w]);

    double Tolerance(int w) => 1e-11 * penalty.L1[columns[w]] + smallest;

    void Reserve(int count)
    {
        if (count > columns.Length)
        {
            var size = Math.Min(Math.Max(count, 3 * columns.Length / 2), squares.Count);
            Array.Resize(ref columns, size);
            Array.Resize(ref theta, size);
            Array.Resize(ref slope, size);
            Array.Resize(ref isFree, size);
            Array.Resize(ref isExplained, size);
        }
        if (squares.WholeGram is not null || columns.Length <= room)
            return;
        var wider = new double[(long)columns.Length * columns.Length];
        for (var w = 0; w < Count; w++)
            gram.AsSpan(w * room, Count).CopyTo(wider.AsSpan(w * columns.Length));
        (gram, room) = (wider, columns.Length);
    }
}
