using System.Runtime.CompilerServices;
using Halley.Kernels;

namespace Halley.Statistics;

/// <summary>Losses over rows, at the CPU's width and with the bits of one row at a time.</summary>
public static class HalfDeviances
{
    /// <summary>Rows whose losses are held at a time: 4 kB on the stack.</summary>
    const int ChunkSize = 512;

    /// <summary>gradient[i] = w·∂ℓ/∂η and hessian[i] = w·∂²ℓ/∂η² over shapes (n); an empty <paramref name="weight"/> stands for ones.</summary>
    public static void Derivatives<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight,
        Span<double> gradient,
        Span<double> hessian
    )
        where TLoss : struct, IHalfDeviance
    {
        Shapes.Check(y, eta, weight);
        Shapes.Same(y, gradient);
        Shapes.Same(y, hessian);
        LaneLoop.Run(new DerivativesKernel<TLoss>(loss, y, eta, weight, gradient, hessian), y.Length);
    }

    /// <summary>Σ w·ℓ(y, η) over shapes (n); an empty <paramref name="weight"/> stands for ones.</summary>
    public static double Sum<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight = default
    )
        where TLoss : struct, IHalfDeviance
    {
        Shapes.Check(y, eta, weight);
        Span<double> losses = stackalloc double[ChunkSize];
        var sum = 0.0;
        for (var start = 0; start < y.Length; start += ChunkSize)
        {
            var chunk = losses[..Math.Min(ChunkSize, y.Length - start)];
            LaneLoop.Run(new LossKernel<TLoss>(loss, y[start..], eta[start..], chunk), chunk.Length);
            sum += weight.IsEmpty ? Reduce.Sum(chunk) : Reduce.Dot(chunk, weight.Slice(start, chunk.Length));
        }
        return sum;
    }

    /// <summary>Fills gradient and hessian as <see cref="Derivatives"/> does, and sums the losses on the way.</summary>
    /// <returns>Σ w·ℓ(y, η), with the bits of <see cref="Sum"/>.</returns>
    public static double SumWithDerivatives<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight,
        Span<double> gradient,
        Span<double> hessian
    )
        where TLoss : struct, IHalfDeviance
    {
        Shapes.Check(y, eta, weight);
        Shapes.Same(y, gradient);
        Shapes.Same(y, hessian);
        Span<double> losses = stackalloc double[ChunkSize];
        var sum = 0.0;
        for (var start = 0; start < y.Length; start += ChunkSize)
        {
            var chunk = losses[..Math.Min(ChunkSize, y.Length - start)];
            var weights = weight.IsEmpty ? default : weight.Slice(start, chunk.Length);
            var kernel = new BothKernel<TLoss>(
                loss,
                y[start..],
                eta[start..],
                weights,
                gradient[start..],
                hessian[start..],
                chunk
            );
            LaneLoop.Run(kernel, chunk.Length);
            sum += weight.IsEmpty ? Reduce.Sum(chunk) : Reduce.Dot(chunk, weights);
        }
        return sum;
    }

    internal static double LossOf<TLoss>(TLoss loss, double y, double eta)
        where TLoss : struct, IHalfDeviance => loss.Loss(new OneLane(y), new OneLane(eta)).Value;

    internal static (double Gradient, double Hessian) DerivativesOf<TLoss>(TLoss loss, double y, double eta)
        where TLoss : struct, IHalfDeviance
    {
        var (gradient, hessian) = loss.Derivatives(new OneLane(y), new OneLane(eta));
        return (gradient.Value, hessian.Value);
    }

    readonly ref struct DerivativesKernel<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight,
        Span<double> gradient,
        Span<double> hessian
    ) : ILaneKernel
        where TLoss : struct, IHalfDeviance
    {
        readonly TLoss _loss = loss;
        readonly ReadOnlySpan<double> _y = y;
        readonly ReadOnlySpan<double> _eta = eta;
        readonly ReadOnlySpan<double> _weight = weight;
        readonly Span<double> _gradient = gradient;
        readonly Span<double> _hessian = hessian;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<T>(int row)
            where T : struct, ILanes<T>
        {
            var (slope, curvature) = _loss.Derivatives(T.Load(_y[row..]), T.Load(_eta[row..]));
            var weight = _weight.IsEmpty ? T.Create(1) : T.Load(_weight[row..]);
            (weight * slope).Store(_gradient[row..]);
            (weight * curvature).Store(_hessian[row..]);
        }
    }

    readonly ref struct LossKernel<TLoss>(TLoss loss, ReadOnlySpan<double> y, ReadOnlySpan<double> eta, Span<double> losses)
        : ILaneKernel
        where TLoss : struct, IHalfDeviance
    {
        readonly TLoss _loss = loss;
        readonly ReadOnlySpan<double> _y = y;
        readonly ReadOnlySpan<double> _eta = eta;
        readonly Span<double> _losses = losses;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<T>(int row)
            where T : struct, ILanes<T> => _loss.Loss(T.Load(_y[row..]), T.Load(_eta[row..])).Store(_losses[row..]);
    }

    readonly ref struct BothKernel<TLoss>(
        TLoss loss,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> eta,
        ReadOnlySpan<double> weight,
        Span<double> gradient,
        Span<double> hessian,
        Span<double> losses
    ) : ILaneKernel
        where TLoss : struct, IHalfDeviance
    {
        readonly TLoss _loss = loss;
        readonly ReadOnlySpan<double> _y = y;
        readonly ReadOnlySpan<double> _eta = eta;
        readonly ReadOnlySpan<double> _weight = weight;
        readonly Span<double> _gradient = gradient;
        readonly Span<double> _hessian = hessian;
        readonly Span<double> _losses = losses;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<T>(int row)
            where T : struct, ILanes<T>
        {
            var (value, slope, curvature) = _loss.Both(T.Load(_y[row..]), T.Load(_eta[row..]));
            var weight = _weight.IsEmpty ? T.Create(1) : T.Load(_weight[row..]);
            value.Store(_losses[row..]);
            (weight * slope).Store(_gradient[row..]);
            (weight * curvature).Store(_hessian[row..]);
        }
    }
}
